"""Words are typed into the toolbox's search box."""

from inside import toolbox


def scenario(desktop, given):
    """Tells which algorithms each word leaves."""
    found = {}
    for word in given["words"]:
        found[word] = toolbox.found(word)
        yield desktop.wait(0.1)
    desktop.screenshot("screen")
    desktop.tell(found=found)
