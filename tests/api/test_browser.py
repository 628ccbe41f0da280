"""The pages in a real browser that can reach no other host."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect, sync_playwright
from pypdfium2 import PdfDocument

from clausegraph.api.app import create_app
from clausegraph.api.graphql.examples import EXAMPLES
from clausegraph.api.pages import VENDOR
from clausegraph.api.settings import Settings
from clausegraph.queries.store import MemoryStore

from .conftest import SHARING
from .serving import serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def base(store: MemoryStore) -> Iterator[str]:
    """Address of a running server over the two hand-made policies."""
    with serving(create_app(Settings(store=":memory:"), store=store)) as at:
        yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; the tests are skipped, and say so, where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("CHROMIUM ABSENT: install it to test the pages in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        browser.close()


class Visit(list[str]):
    """A page and, as the list, what went wrong on it: requests to other hosts, errors of scripts and of the policy."""

    page: Page


@pytest.fixture
def visit(browser: Browser, base: str) -> Iterator[Visit]:
    """A page whose requests to other hosts are stopped and written down."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    found = Visit()
    found.page = page

    def check(route: Route, request: Request) -> None:
        if request.url.startswith((base, "data:", "blob:")):
            route.continue_()
        else:
            found.append(f"asked {request.url}")
            route.abort()

    context.route("**/*", check)
    page.on("pageerror", lambda error: found.append(f"error {error}"))
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    yield found
    context.close()


def test_the_playground_answers_a_question_offline(visit: Visit, base: str) -> None:
    assert (VENDOR / "graphql.js").is_file(), "the browser code was not built"
    visit.page.goto(f"{base}/graphql")
    editor = visit.page.locator(".graphiql-query-editor .view-lines")
    expect(editor).to_contain_text("policies", timeout=20_000)
    visit.page.get_by_role("button", name="Execute query").click()
    answer = visit.page.locator(".graphiql-response .view-lines")
    expect(answer).to_contain_text("Acme Privacy Policy", timeout=20_000)
    visit.page.get_by_role("tab", name="WhoGets").click()
    expect(editor).to_contain_text("WhoGets")
    visit.page.get_by_role("button", name="Execute query").click()
    expect(answer).to_contain_text("e-mail address", timeout=20_000)
    visit.page.get_by_role("button", name="Show Documentation Explorer").click()
    expect(visit.page.locator(".graphiql-plugin")).to_contain_text("Query", timeout=20_000)
    assert visit == []


def test_the_playground_s_tabs_explorer_and_permalink_offline(visit: Visit, base: str) -> None:
    page = visit.page
    page.goto(f"{base}/graphql")
    for example in EXAMPLES:
        name = str(example["query"]).partition("query ")[2].partition(" ")[0].partition("(")[0]
        expect(page.get_by_role("tab", name=name)).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Show GraphiQL Explorer").click()
    explorer = page.locator(".graphiql-plugin")
    expect(explorer).to_contain_text("statementCount", timeout=20_000)
    explorer.get_by_text("clauseCount", exact=True).click()
    expect(page.locator(".graphiql-query-editor .view-lines")).to_contain_text("clauseCount")
    page.get_by_role("button", name="Execute query").click()
    answer = page.locator(".graphiql-response .view-lines")
    expect(answer).to_contain_text("clauseCount", timeout=20_000)
    assert visit == []


def test_a_link_opens_the_playground_with_its_query_and_does_not_run_it(visit: Visit, base: str) -> None:
    page = visit.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.post_data or "") if request.method == "POST" else None)
    page.goto(f"{base}/graphql?{urlencode({'query': 'query Mine { policies { nodes { iri } } }'})}")
    expect(page.get_by_role("tab", name="Mine")).to_be_visible(timeout=20_000)
    expect(page.locator(".graphiql-query-editor .view-lines")).to_contain_text("Mine", timeout=20_000)
    assert not [one for one in asked if "Mine" in one]
    assert visit == []


def test_a_reader_goes_from_the_list_to_the_evidence(visit: Visit, base: str) -> None:
    visit.page.goto(base)
    visit.page.get_by_role("link", name="Acme Privacy Policy").click()
    expect(visit.page.locator("mark.data").first).to_have_text("e-mail address")
    denied = visit.page.locator("article.denied")
    expect(denied).to_contain_text("NOT Sell")
    denied.get_by_role("link", name="details").click()
    expect(visit.page.locator("blockquote")).to_contain_text("We never sell")
    assert visit == []


def test_the_language_of_labels_is_chosen_without_scripts(visit: Visit, base: str) -> None:
    visit.page.goto(f"{base}/id/policy/shop%2Fprivacy")
    visit.page.get_by_label("Labels").select_option("cs")
    visit.page.get_by_role("button", name="Show").click()
    expect(visit.page.locator("article.denied h4")).to_contain_text("Prodej")
    assert visit == []


def test_a_query_is_asked_from_the_page(visit: Visit, base: str) -> None:
    visit.page.goto(f"{base}/sparql")
    visit.page.get_by_role("button", name="Ask").click()
    expect(visit.page.locator("table")).to_contain_text("newsletter")
    assert visit == []


def test_the_editor_asks_suggests_and_links_offline(visit: Visit, base: str) -> None:
    assert (VENDOR / "query.js").is_file(), "the browser code was not built"
    page = visit.page
    page.goto(base)
    page.get_by_role("link", name="SPARQL", exact=True).first.click()
    run = page.get_by_role("button", name="Run query").locator("visible=true")
    run.click()
    table = page.locator(".yasr table").locator("visible=true")
    expect(table).to_contain_text("newsletter", timeout=20_000)
    assert table.get_by_role("link", name="cg:Share").get_attribute("href") == "/ontology#Share"

    page.get_by_label("Start from a report").select_option("denials")
    expect(page.get_by_role("tab", name="What")).to_be_visible()
    run.click()
    expect(table).to_contain_text("We never sell", timeout=20_000)
    assert "id/policy/shop%2Fprivacy" in (table.locator("a.iri").first.get_attribute("href") or "")

    page.get_by_role("button", name="Add a new tab").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("PREFIX cg: <https://w3id.org/clausegraph/ontology#>\nSELECT * { ?s cg:deniedPur")
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hints")).to_contain_text("cg:deniedPurpose")
    assert visit == []


def test_a_permalink_opens_and_asks_its_query_once(visit: Visit, base: str) -> None:
    page = visit.page
    query = 'SELECT ("a+b & #ü" AS ?said) {}'
    page.goto(f"{base}/query#{urlencode({'query': query})}")
    table = page.locator(".yasr table").locator("visible=true")
    expect(table).to_contain_text("a+b & #ü", timeout=20_000)
    page.get_by_role("button", name="Share query").locator("visible=true").click()
    link = page.locator(".yasqe_sharePopup input").input_value()
    assert parse_qs(urlsplit(link).fragment) == {"query": [query]}
    assert page.url == link
    page.reload()
    expect(table).to_contain_text("a+b & #ü", timeout=20_000)
    expect(page.get_by_role("tab", name="Link")).to_have_count(1)
    # a link names no endpoint but ours
    page.goto("about:blank")
    page.goto(f"{base}/query#{urlencode({'query': 'ASK {}', 'endpoint': 'http://other.example/sparql'})}")
    expect(page.locator(".yasr").locator("visible=true")).to_contain_text("True", timeout=20_000)
    assert visit == []


def test_the_editor_shows_what_the_server_refuses_and_why(visit: Visit, base: str) -> None:
    query = "SELECT * { SERVICE <http://other.example/> { ?s ?p ?o } }"
    visit.page.goto(f"{base}/query?{urlencode({'query': query})}")
    error = visit.page.locator(".errorResult")
    expect(error).to_contain_text("SERVICE is refused", timeout=20_000)
    expect(error).to_contain_text("Ask only about what this store holds")
    assert [line for line in visit if "400" not in line] == []


def test_a_report_is_drawn_offline(visit: Visit, base: str) -> None:
    assert (VENDOR / "report.js").is_file(), "the browser code was not built"
    visit.page.goto(f"{base}/reports/policies")
    chart = visit.page.get_by_role("img", name="by policy")
    expect(chart.locator("rect")).to_have_count(2)
    expect(chart).to_contain_text("Acme Privacy Policy")
    visit.page.goto(f"{base}/reports/data-by-practice")
    expect(visit.page.locator("#chart svg title")).to_have_count(0)  # one pair is no chart
    assert visit == []


def test_a_workbook_is_three_clicks_from_the_home_page(visit: Visit, base: str, tmp_path: Path) -> None:
    page = visit.page
    page.goto(base)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Reports").click()
    page.get_by_role("link", name="What is denied, and the exceptions").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Excel").click()
    assert waiting.value.suggested_filename == "denials.xlsx"
    waiting.value.save_as(tmp_path / "denials.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "denials.xlsx")["Answer"]
    head, *rows = sheet.iter_rows(values_only=True)
    assert len(rows) == 2
    found = dict(zip(head, rows[0], strict=True))
    assert (found["Policy"], found["What is denied"]) == ("Acme Privacy Policy", "Sell")
    assert str(found["Denied quote"]).startswith("We never sell")
    assert visit == []


def test_a_report_speaks_the_readers_language(visit: Visit, base: str) -> None:
    page = visit.page
    page.goto(f"{base}/reports?lang=zh-Hant")
    page.get_by_role("link", name="否認的事項與例外").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("否認的事項與例外")
    expect(page.locator("table.answer th").first).to_have_text("隱私權政策")
    page.goto(f"{base}/reports/denials?lang=cs")
    expect(page.get_by_role("heading", level=1)).to_have_text("Co se popírá a s jakými výjimkami")
    expect(page.get_by_role("columnheader", name="Citace popření")).to_be_visible()
    assert visit == []


def test_a_report_is_printed_with_what_it_answers(visit: Visit, base: str) -> None:
    page = visit.page
    page.goto(f"{base}/reports/who-gets?category=EmailAddress")
    expect(page.get_by_role("button", name="Print or save as PDF")).to_be_visible()
    page.evaluate("window.print = () => { document.title = 'printed' }")
    page.get_by_role("button", name="Print or save as PDF").click()
    assert page.title() == "printed"
    pages = [one.get_textpage().get_text_bounded() for one in PdfDocument(page.pdf(prefer_css_page_size=True))]
    text = " ".join(" ".join(pages).split())
    for words in (
        "Who gets a kind of data",
        "The kind of data asked about: E-mail address",
        "1 row, printed on",
        SHARING,
    ):
        assert words in text, words
    for words in ("GraphQL", "Ask", "details", "CSV", "Show"):
        assert words not in text, words
    assert visit == []


def test_a_long_report_repeats_its_head_on_every_page(visit: Visit, base: str) -> None:
    visit.page.goto(f"{base}/reports/denials")
    visit.page.evaluate("""() => {
        const body = document.querySelector("table.answer tbody");
        for (let i = 0; i < 60; i++) body.append(body.rows[0].cloneNode(true));
    }""")
    pages = [one.get_textpage().get_text_bounded() for one in PdfDocument(visit.page.pdf(prefer_css_page_size=True))]
    assert len(pages) > 2
    assert all("Denied quote" in " ".join(text.split()) for text in pages)
    assert all(f"{number} / {len(pages)}" in text for number, text in enumerate(pages, 1))


def test_the_pages_hold_on_a_phone(browser: Browser, base: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    for path in (
        "/",
        "/sparql",
        "/query",
        "/ontology",
        "/concepts",
        "/concepts/Purposes",
        "/reports",
        "/comply?policy=shop%2Fprivacy",
        "/comply/gdpr?policy=shop%2Fprivacy",
        "/id/policy/shop%2Fprivacy",
    ):
        page.goto(base + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()
