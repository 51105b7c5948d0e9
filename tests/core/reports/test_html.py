import pytest
from recurve.core.errors import RasterError
from recurve.core.reports.html import HtmlReport


def test_nothing_is_taken_for_html():
    report = HtmlReport("<b>")
    report.section("<i>")
    report.paragraph("a < b & c")
    report.record([("<hr>", "<br>")])
    report.table(["<th>"], [["<td>"]], "<caption>")

    page = report.html()

    assert "&lt;b&gt;" in page
    assert "a &lt; b &amp; c" in page
    for harmless in ("<b>", "<i>", "<hr>", "<br>"):
        assert harmless not in page


def test_a_drawing_is_part_of_the_file(tmp_path):
    figure_module = pytest.importorskip("matplotlib.figure")
    figure = figure_module.Figure(figsize=(1, 1))
    figure.add_subplot().plot([0, 1])
    report = HtmlReport("Report")
    report.figure(figure, "A line")

    report.write(tmp_path / "report.html")

    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert 'src="data:image/png;base64,' in page
    assert "http" not in page  # nothing is fetched when it is opened


def test_a_report_that_cannot_be_written_leaves_nothing(tmp_path):
    with pytest.raises(RasterError, match="a folder that exists"):
        HtmlReport("Report").write(tmp_path / "nowhere" / "report.html")
    assert not list(tmp_path.iterdir())
