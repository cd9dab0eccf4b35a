"""Each error in one French sentence: what happened, what was kept, what to do.

The window and the terminal both speak from here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.workflows import errors as workflow
from desktop.workflows.codes.sentences import PAPER_CODE_SENTENCES
from desktop.workflows.online.sentences import ONLINE_SENTENCES
from desktop.workflows.vault_sentences import VAULT_SENTENCES
from exports.bundle import errors as bundle
from exports.formpack import errors as formpack
from exports.online import errors as online
from exports.paper import errors as paper
from forms import errors as forms
from vault import errors as vault
from vault.database.refusals import refusal

N = "\u00a0"

KNOWN_ERRORS: tuple[type[Exception], ...] = (
    vault.VaultError,
    forms.FormError,
    paper.PaperError,
    bundle.BundleError,
    formpack.FormPackError,
    online.OnlineError,
    workflow.WorkflowError,
    OSError,
)
"""What a workflow may raise; anything else is a defect of the program."""


def sentence(error: Exception) -> str:
    """What to tell the user of an error.

    The sentence of its class, else of the nearest class above that has one.
    """
    for kind in type(error).__mro__:
        said = _SENTENCES.get(kind.__name__)
        if said is not None:
            return said(error) if callable(said) else said
    return "Une erreur imprévue s’est produite. Vos réponses déjà enregistrées sont gardées."


def _of_device(error: OSError) -> str:
    """What the system refused: the same words as when it refuses the vault itself."""
    kind = type(refusal(error)).__name__
    said = VAULT_SENTENCES.get(kind)
    if isinstance(said, str):
        return said
    return (
        "Le fichier ne peut pas être lu ou écrit. Rien n’a été perdu dans le coffre. Vérifiez la "
        "clé et la place libre, puis réessayez."
    )


def has_own_sentence(kind: type[Exception]) -> bool:
    """Whether a class of errors has a sentence of its own."""
    return kind.__name__ in _SENTENCES


_SENTENCES: dict[str, str | Callable[[Any], str]] = {
    **VAULT_SENTENCES,
    **PAPER_CODE_SENTENCES,
    **ONLINE_SENTENCES,
    # The vault.
    "VaultError": "Le coffre ne répond pas. Vos réponses enregistrées y sont gardées. Réessayez.",
    "VaultNotFound": (
        "Il n’y a pas de coffre dans ce dossier. Choisissez un autre dossier, ou créez un coffre."
    ),
    "VaultExists": (
        "Ce dossier contient déjà un coffre. Il n’a pas été modifié. Choisissez un autre dossier."
    ),
    "VaultFolderUnwritable": (
        "On ne peut pas écrire dans ce dossier. Rien n’a été perdu. Vérifiez la place libre et que "
        "la clé est bien branchée, puis réessayez."
    ),
    "VaultLocked": "Le coffre est verrouillé. Vos réponses sont gardées. Ouvrez-le à nouveau.",
    "VaultInUse": (
        "Ce coffre est déjà ouvert dans une autre fenêtre. Rien n’a été modifié. Fermez l’autre "
        "fenêtre, puis réessayez."
    ),
    "WrongPassphrase": (
        "Cette phrase de passe n’ouvre pas le coffre. Vérifiez les majuscules et la langue du "
        "clavier, puis réessayez."
    ),
    "PassphraseTooShort": "Cette phrase de passe est trop courte. Ajoutez des mots.",
    "KeyFileMissing": (
        "Le fichier des accès (vault.keys) manque. Les données sont là, mais rien ne peut les "
        "ouvrir sans lui. Reprenez-le d’une sauvegarde."
    ),
    "KeyFileDamaged": (
        "Le fichier des accès (vault.keys) est abîmé. Les données sont intactes. Reprenez ce "
        "fichier d’une sauvegarde."
    ),
    "KeyFileTooNew": (
        "Ce coffre vient d’une version plus récente du programme. Il n’a pas été modifié. Mettez "
        "le programme à jour."
    ),
    "DatabaseMissing": (
        "Le fichier des données (vault.db) manque. Reprenez-le d’une sauvegarde, à côté de "
        "vault.keys."
    ),
    "DatabaseDamaged": (
        "Le fichier des données (vault.db) est abîmé. Ne le supprimez pas. Reprenez une "
        "sauvegarde, ou réparez ce coffre dans un nouveau dossier."
    ),
    "SchemaTooNew": (
        "Ce coffre vient d’une version plus récente du programme. Il n’a pas été modifié. Mettez "
        "le programme à jour."
    ),
    "RecordNotFound": "Cet élément n’est plus dans le coffre. Revenez à la liste.",
    "RecordExists": "Cet élément est déjà dans le coffre. Rien n’a été modifié.",
    "TextRefused": (
        "Ce texte contient un caractère qui ne peut pas être gardé. Effacez-le et écrivez-le à "
        "nouveau."
    ),
    "DocumentDamaged": (
        "Cette pièce est abîmée et ne peut pas être montrée. Retirez-la, puis ajoutez-la à nouveau."
    ),
    "RecoveryKeyMistyped": lambda error: (
        f"La ligne {error.line} de la feuille de secours est mal recopiée. Vérifiez-la caractère "
        "par caractère."
        if error.line
        else "La clé de secours a quatre lignes de seize caractères. Recopiez-les toutes."
    ),
    # The forms.
    "FormError": "Ce formulaire ne peut pas être lu. Vos réponses sont gardées.",
    "DefinitionError": lambda error: (
        f"Ce formulaire a une erreur. {error.file}, ligne {error.line}"
        + (f", colonne «{N}{error.column}{N}»" if error.column else "")
        + f"{N}: {error.problem}. Attendu{N}: {error.expected}. Rien n’a été modifié. Corrigez le "
        "fichier, puis recommencez."
    ),
    "WorkbookUnreadable": (
        "Ce classeur ne peut pas être lu. Rien n’a été ajouté. Enregistrez-le à nouveau au format "
        "Excel (.xlsx), puis recommencez."
    ),
    "ExpressionError": lambda error: f"Une formule de ce formulaire est fausse{N}: {error}.",
    "CycleError": "Une formule de ce formulaire dépend d’elle-même. Vos réponses sont gardées.",
    "UnknownLanguage": lambda error: (
        f"Ce formulaire n’est pas traduit en «{N}{error.language}{N}». Il l’est en{N}: "
        f"{', '.join(error.known)}."
        if error.known
        else "Ce formulaire n’est traduit dans aucune langue."
    ),
    "UnknownForm": "Ce formulaire n’est pas dans le catalogue. Choisissez-en un autre.",
    "UnknownQuestion": lambda error: f"Ce formulaire ne pose pas cette question{N}: {error.path}.",
    "InvalidAnswer": lambda error: str(error.message),
    # Paper.
    "GeometryUnreadable": (
        "Le repérage des cases de ce formulaire vierge ne se lit pas. Imprimez un nouvel "
        "exemplaire."
    ),
    "PaperError": "Ce PDF ne peut pas être utilisé. Rien n’a été modifié.",
    "PdfTakesTooLong": (
        "Ce PDF occupe le programme trop longtemps. Il a été laissé de côté. Rien n’a été perdu. "
        "Téléchargez-le de nouveau, ou prenez-en un autre."
    ),
    "PdfCrashed": (
        "Ce PDF a fait échouer le programme qui lit les PDF. Rien n’a été perdu. Téléchargez-le de "
        "nouveau, ou prenez-en un autre."
    ),
    "PdfUnhandled": (
        "Ce PDF ne peut pas être traité. Rien n’a été perdu. Téléchargez-le de nouveau, ou "
        "prenez-en un autre."
    ),
    "NotAPdf": "Ce fichier n’est pas un PDF. Choisissez un autre fichier.",
    "PdfEncrypted": (
        "Ce PDF est protégé par un mot de passe. Demandez une version sans mot de passe."
    ),
    "PdfDamaged": "Ce PDF est abîmé. Copiez-le ou téléchargez-le à nouveau.",
    "PdfTooLarge": "Ce PDF est trop grand pour un formulaire. Vérifiez que c’est le bon fichier.",
    "NothingToFill": (
        "Ce PDF n’a pas de champ à remplir. Rien n’a été ajouté. Demandez à l’organisme une "
        "version remplissable."
    ),
    "DocumentRefused": "Cette pièce ne peut pas être gardée. Le fichier d’origine est intact.",
    "UnknownDocumentType": (
        "Cette pièce n’est ni un PDF ni une image (JPEG, PNG, TIFF). Le fichier d’origine est "
        "intact. Numérisez la pièce à nouveau dans un de ces formats."
    ),
    "DocumentUnreadable": (
        "Cette pièce est abîmée. Le fichier d’origine est intact. Numérisez-la à nouveau."
    ),
    "DocumentTooLarge": (
        "Cette pièce est trop grande (64 Mo ou 200 pages au plus). Le fichier d’origine est "
        "intact. Numérisez-la en plusieurs parties."
    ),
    # Bundles, receipts, cards.
    "BundleError": "Ce fichier ne peut pas être ouvert. Rien n’a été importé.",
    "NotABundle": (
        "Ce fichier n’est ni une liasse ni un accusé. Rien n’a été importé. Choisissez un autre "
        "fichier."
    ),
    "BundleDamaged": (
        "Ce fichier est abîmé. Rien n’a été importé. Demandez à l’expéditeur de l’envoyer à "
        "nouveau."
    ),
    "BundleTruncated": (
        "Ce fichier n’a pas été copié en entier. Rien n’a été importé. Copiez-le à nouveau, et "
        "attendez la fin avant de retirer la clé."
    ),
    "BundleTampered": (
        "Ce fichier a été modifié depuis sa signature. Rien n’a été importé. Prévenez "
        "l’expéditeur par un autre moyen."
    ),
    "NotForMe": (
        "Ce fichier a été chiffré pour un autre poste. Rien n’a été importé. Vérifiez le "
        "correspondant choisi par l’expéditeur."
    ),
    "NewerFormat": (
        "Ce fichier vient d’une version plus récente du programme. Rien n’a été importé. Mettez "
        "le programme à jour."
    ),
    "WrongKind": (
        "Ce fichier n’est pas de la bonne sorte (liasse ou accusé). Rien n’a été importé. "
        "Choisissez un autre fichier."
    ),
    "BundleTooLarge": (
        "Ce fichier est trop grand pour une liasse (2 Go au plus, 100 Mo par pièce). Rien n’a été "
        "écrit ni importé. Il faut en faire plusieurs."
    ),
    "TooManyMembers": (
        "Cette liasse contient trop de démarches ou de pièces (200 démarches, 200 pièces pour "
        "chacune, 4 096 fichiers au plus). Rien n’a été écrit ni importé. Il faut en faire "
        "plusieurs."
    ),
    "ExpandsTooMuch": (
        "Ce fichier se déplie démesurément\u00a0: il est fait pour bloquer ce poste. Rien n’a été "
        "importé. Prévenez l’expéditeur par un autre moyen."
    ),
    "NameRefused": (
        "Un nom dans cette liasse contient des caractères qui peuvent tromper. Rien n’a été "
        "importé. Prévenez l’expéditeur par un autre moyen."
    ),
    "MixedRecipients": (
        "Tous ces correspondants n’ont pas des clés de la même sorte. Rien n’a été écrit. Demandez "
        "une nouvelle carte à ceux dont les clés sont anciennes."
    ),
    "CardDamaged": "Cette carte est illisible. Demandez-la à nouveau à votre correspondant.",
    "CardTampered": (
        "Cette carte a été modifiée depuis sa signature. Elle n’a pas été gardée. Prévenez votre "
        "correspondant par un autre moyen."
    ),
    # Form packs.
    "FormPackError": "Ce paquet de formulaires ne peut pas être utilisé. Rien n’a été installé.",
    "NotAFormPack": (
        "Ce fichier n’est pas un paquet de formulaires. Rien n’a été installé. Choisissez un "
        "fichier qui finit par .formulaires."
    ),
    "FormPackDamaged": (
        "Ce paquet de formulaires est abîmé. Rien n’a été installé. Copiez-le à nouveau."
    ),
    "FormPackUnsigned": (
        "Ce paquet de formulaires n’est pas signé. Rien n’a été installé. Demandez-en un autre à "
        "votre correspondant."
    ),
    "FormPackTampered": (
        "Ce paquet de formulaires a été modifié depuis sa signature. Rien n’a été installé. "
        "Prévenez votre correspondant par un autre moyen."
    ),
    "FormPackTooNew": (
        "Ce paquet vient d’une version plus récente du programme. Rien n’a été installé. Mettez le "
        "programme à jour."
    ),
    "FormPackTooLarge": "Ce paquet de formulaires est trop grand. Rien n’a été installé.",
    # Workflows.
    "NotAForm": (
        "Ce fichier n’est pas un formulaire. Rien n’a été ajouté. Choisissez un classeur XLSForm "
        "(.xlsx) ou un fichier form.yaml."
    ),
    "FormNameTaken": (
        "Un formulaire du programme porte déjà cet identifiant. Rien n’a été ajouté. Changez "
        "“form_id” dans le fichier."
    ),
    "UnknownIssuer": lambda error: (
        f"Ce paquet est signé par «{N}{error.issuer}{N}», qui n’est pas un correspondant vérifié. "
        "Rien n’a été installé. Vérifiez d’abord sa carte."
    ),
    "OlderForms": (
        "Ces formulaires ne sont pas plus récents que ceux de ce poste. Rien n’a été installé."
    ),
    "WorkflowError": "Cette étape n’est pas possible maintenant. Rien n’a été modifié.",
    "NotAStation": "Cette étape se fait sur un poste hors ligne, pas sur un poste relais.",
    "NotARelay": "Cette étape se fait sur un poste relais, pas sur un poste hors ligne.",
    "NothingToSend": "Choisissez au moins une démarche et un correspondant.",
    "UnverifiedContact": lambda error: (
        f"L’empreinte de «{N}{error.contact_name}{N}» n’a pas été comparée. Rien n’a été envoyé. "
        "Comparez-la à voix haute avant d’envoyer."
    ),
    "OlderKeys": lambda error: (
        f"Les clés de «{N}{f'{N}» et «{N}'.join(error.names)}{N}» sont d’une sorte ancienne. Rien "
        "n’a été écrit. Renouvelez-les et échangez de nouveau les cartes."
    ),
    "RevokedContact": lambda error: (
        f"Le correspondant «{N}{error.contact_name}{N}» est révoqué{N}: on ne lui écrit plus, et "
        "rien n’est pris de lui. Rien n’a été modifié. S’il a de nouvelles clés, importez sa "
        "nouvelle carte."
    ),
    "OlderCard": (
        "Cette carte est plus ancienne que celle que vous avez. Rien n’a été modifié. Demandez sa "
        "carte actuelle à votre correspondant."
    ),
    "ApplicationOfAnother": (
        "Cette liasse contient une démarche déjà reçue d’un autre poste. Rien n’a été importé. "
        "Comparez d’abord l’empreinte de l’expéditeur à voix haute."
    ),
    "NotToAStation": (
        "Un dossier se transfère à un autre poste hors ligne, pas à un poste relais. Rien n’a été "
        "écrit. Choisissez un autre correspondant."
    ),
    "GivenUp": "Vous avez arrêté. Rien n’a été modifié, ni dans le coffre ni sur la clé.",
    "OwnCard": "C’est la carte de ce poste. Choisissez celle de votre correspondant.",
    "ReceiptForUnknownBundle": (
        "Cet accusé répond à une liasse que ce poste n’a pas envoyée. Rien n’a été importé."
    ),
    "ReceiptFromStranger": (
        "Ce correspondant n’est pas connu ici. Rien n’a été modifié. Importez d’abord sa carte."
    ),
    "NoOutcomeToSend": "Indiquez d’abord l’issue d’au moins une démarche de cette liasse.",
    "OutcomeTooLong": (
        f"La référence (500{N}caractères au plus) ou le mot au poste (4{N}000) est trop long pour "
        "un accusé. Rien n’a été noté. Raccourcissez-le."
    ),
    "OfficialFormNotRecognised": (
        "Ce PDF n’est pas un formulaire officiel du catalogue. Il n’a pas été gardé. Vérifiez le "
        "numéro Cerfa et la version."
    ),
    "NobodyToWriteTo": (
        "Aucune adresse n’est écrite. Rien n’a été imprimé. Écrivez l’adresse du destinataire, une "
        "ligne sous l’autre."
    ),
    "NoPrinter": (
        "Ce poste ne connaît aucune imprimante. Rien n’a été imprimé. Vérifiez qu’elle est "
        "branchée et allumée, ou demandez qu’on l’installe."
    ),
    "PrinterRefused": (
        "L’imprimante n’a pas pris les pages. Rien n’a été perdu. Vérifiez qu’elle est allumée et "
        "qu’elle a du papier, puis recommencez."
    ),
    "AlreadySent": (f"Cette démarche est déjà transmise{N}: ses réponses ne changent plus."),
    "CleaningLeft": (
        "Tout est effacé du coffre, mais le fichier n’a pas pu être nettoyé de ses traces. Le "
        "coffre est intact. Libérez de la place, puis terminez le nettoyage depuis la page "
        "«\u00a0À effacer\u00a0»."
    ),
    "NoReason": "Dites pourquoi garder plus longtemps. Rien n’a été modifié.",
    "NotLater": "Choisissez un jour à venir. Rien n’a été modifié.",
    "InvalidFact": lambda error: str(error.message),
    # The system.
    "FileNotFoundError": "Ce fichier n’est plus là. Vérifiez que la clé est bien branchée.",
    "PermissionError": (
        "L’accès à ce fichier est refusé. Rien n’a été perdu. Choisissez un autre dossier."
    ),
    "OSError": lambda error: _of_device(error),
}
