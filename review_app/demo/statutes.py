"""The statutes of the demo: real provisions that its cases and rules cite, as excerpts, some in two texts because the
law changed. Statutes carry no copyright (著作权法第五条); where each text comes from is said in its file."""

from pathlib import Path

from review_app.demo.narratives import FOLDER
from review_app.demo.office import Office
from review_app.statutes.drafts import Draft
from review_app.statutes.indexing import catch_up_index
from review_app.statutes.library import open_statutes
from review_app.statutes.service import Taken, record_import, take_in
from review_app.statutes.sources import Options, Refused, open_source


def provisions() -> list[Draft]:
    """Every excerpt as it is imported. A file that cannot be read is an error of the program."""
    found = list(open_source(Path(str(FOLDER)) / "statutes", Options()).texts)
    for each in found:
        if isinstance(each, Refused):
            raise each.reason
    return [each for each in found if isinstance(each, Draft)]


def fill_statutes(office: Office) -> None:
    """Take the provisions in and index them."""
    taken = Taken()
    for draft in provisions():
        taken += take_in(office.session, draft, by=None, now=office.now)
    record_import(office.session, taken, 0, source="演示法规节选", by=None, now=office.now)
    engine = open_statutes(office.settings.index_folder, office.settings.search_engine)
    while catch_up_index(office.session, engine, now=office.now):
        pass
