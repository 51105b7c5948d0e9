from recurve.core.progress import Quiet


def test_quiet_drops_everything_and_never_stops():
    progress = Quiet()
    progress.report(0.5)
    progress.say("half done")
    assert progress.is_cancelled() is False
