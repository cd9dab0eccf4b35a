"""From the interview to the paper, to the relay, and back: one application's whole life."""

from __future__ import annotations

from pathlib import Path

from desktop.ui.applications.new_page import NewApplicationPage
from desktop.ui.exchanges.contacts_page import ContactsPage
from desktop.ui.exchanges.exchanges_page import ExchangesPage
from desktop.ui.filling.documents_view import DocumentsView
from desktop.ui.filling.filling_page import FillingPage
from desktop.ui.filling.review import ReviewView
from desktop.ui.official.forms_page import FormsPage
from desktop.ui.page import Place
from desktop.ui.people.person_page import PersonPage
from desktop.ui.people.profile_page import NewPersonPage
from desktop.ui.printing.preview_page import PreviewPage
from desktop.ui.relay.inbox_page import InboxPage
from desktop.ui.relay.receipts_page import ReceiptsPage
from desktop.workflows.printing.papers import PaperKind
from tests.journeys.person import Person
from vault.records.applications import ApplicationState

FORM = "Demande d’élection de domicile"


def adds_zoe(person: Person) -> None:
    person.workplace.go(Place.NEW_PERSON)
    page = person.page(NewPersonPage)
    page.fields["identite.civilite"].choose("mme")  # type: ignore[attr-defined]  # a ChoiceField
    for key, words in {
        "identite.nom_naissance": "Ünal-Œillet",
        "identite.prenoms": "Zoë",
        "naissance.date": "12 3 85",
        "naissance.commune": "İzmir",
        "naissance.pays": "Turquie",
        "ecrou.numero": "48213",
    }.items():
        person.type_in(page.fields[key], words)
    person.click("Ajouter la personne")
    shown = person.page(PersonPage)
    assert shown is person.workplace.page


def photograph(folder: Path) -> Path:
    from PIL import Image

    file = folder / "piece.jpg"
    Image.new("RGB", (3000, 2000), "white").save(file)
    return file


def test_an_application_goes_out_and_its_receipt_comes_back(
    person: Person, tmp_path: Path, official_dir: Path
) -> None:
    person.creates_vault(
        tmp_path / "poste", kind="station", office="Maison d’arrêt de Brest", user="C. Le Goff"
    )
    adds_zoe(person)

    person.click("Nouvelle démarche")
    person.page(NewApplicationPage)
    person.opens(FORM)
    page = person.page(FillingPage)
    assert "Zoë ÜNAL-ŒILLET" in page.bar_title()[0]

    view = person.section("/data/naissance")
    assert view.fields["/data/naissance/commune_naissance"].notes.origin == "Repris de la fiche"
    person.answer("/data/naissance/date_naissance", "31 02 1985")
    notes = view.fields["/data/naissance/date_naissance"].notes
    assert notes.error == "Le 31 février n’existe pas. Vérifiez le jour ou le mois."
    assert page.application.filling.typed("/data/naissance/date_naissance") == "31 02 1985"
    person.answer("/data/naissance/date_naissance", "12031985")
    assert not view.fields["/data/naissance/date_naissance"].notes.error

    person.section("/data/ayants_droit")
    person.click("Ajouter une personne")
    for name, words in {
        "nom_ayant_droit": "Ünal",
        "prenom_ayant_droit": "Deniz",
        "date_ayant_droit": "2 mai 2012",
    }.items():
        person.answer(f"/data/ayants_droit[1]/{name}", words)
    person.section("/data/signature")
    person.answer("/data/signature/fait_a", "Brest")

    page.show_section("documents")
    assert isinstance(page.view, DocumentsView)
    page.view.join(photograph(tmp_path), "identite")
    person.hears("La pièce est jointe.")

    person.workplace.go(Place.FORMS)
    person.page(FormsPage).add(official_dir / "cerfa_16029-01_election-de-domicile.pdf")
    person.hears("le formulaire officiel est gardé")
    application_id = page.application.id
    person.workplace.go(Place.PREVIEW, application_id)
    preview = person.page(PreviewPage)
    person.waits_for(lambda: preview.paper is not None)
    assert preview.paper is not None
    assert preview.paper.kind is PaperKind.OFFICIAL
    assert preview.paper.problems == ()
    preview.save_to(tmp_path / "formulaire.pdf")
    assert (tmp_path / "formulaire.pdf").read_bytes().startswith(b"%PDF-")

    person.workplace.go(Place.FILLING, application_id)
    page = person.page(FillingPage)
    page.show_section("review")
    assert isinstance(page.view, ReviewView)
    assert page.application.filling.problems() == ()
    person.click("Elle est signée, prête à partir")

    person.workplace.go(Place.CONTACTS)
    person.page(ContactsPage).save_card(tmp_path / "poste.carte")
    person.window.lock()

    person.creates_vault(
        tmp_path / "relais", kind="relay", office="SPIP du Finistère", user="A. Morvan"
    )
    person.workplace.go(Place.CONTACTS)
    contacts = person.page(ContactsPage)
    contacts.save_card(tmp_path / "relais.carte")
    contacts.take(tmp_path / "poste.carte")
    person.window.lock()

    person.window.show_unlock(tmp_path / "poste")
    person.unlocks()
    person.workplace.go(Place.CONTACTS)
    person.page(ContactsPage).take(tmp_path / "relais.carte")
    person.click("Les mots sont les mêmes\u00a0: marquer vérifié")
    person.workplace.go(Place.EXCHANGES)
    bundle = tmp_path / "envoi.liasse"
    person.page(ExchangesPage).send_to(bundle)
    person.hears("vous pouvez retirer la clé")
    state = person.workplace.desk.vault.applications.get(application_id).state
    assert state is ApplicationState.SENT
    person.window.lock()

    person.window.show_unlock(tmp_path / "relais")
    person.unlocks()
    person.workplace.go(Place.INBOX)
    person.page(InboxPage).receive(bundle)
    person.hears("signature vérifiée")
    inbox = person.page(InboxPage)
    assert inbox.view is not None
    person.click("Indiquer l’issue…")
    inbox.view.outcome.result.choose("filed_by_post")
    person.type_in(inbox.view.outcome.reference, "CCAS-2026-0412")
    person.click("Enregistrer l’issue")
    person.workplace.go(Place.INBOX)
    person.page(InboxPage).receive(bundle)
    person.hears("déjà reçue")
    person.workplace.go(Place.RECEIPTS)
    bundle_id = person.workplace.desk.vault.bundles.all()[0].id
    receipt = tmp_path / "retour.accuse"
    person.page(ReceiptsPage).write(bundle_id, receipt)
    person.hears("est écrit")
    person.window.lock()

    person.window.show_unlock(tmp_path / "poste")
    person.unlocks()
    person.workplace.go(Place.EXCHANGES)
    person.page(ExchangesPage).take_receipt(receipt)
    person.hears("envoyée par courrier, référence CCAS-2026-0412")
    kept = person.workplace.desk.vault.applications.get(application_id)
    assert kept.state is ApplicationState.FILED
    assert kept.reference == "CCAS-2026-0412"
    assert person.workplace.desk.vault.verify().ok
