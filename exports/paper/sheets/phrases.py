"""What our papers say of themselves, in the languages a form may be translated into.

A phrase is found by its French text. A language without it, or one that is unknown here, leaves
the French alone. `fr-x-falc` is easy-to-read French: where the French is easy already, it is not
said twice.
"""

from __future__ import annotations

from forms.languages import language_code

AID_NOTICE = "Traduction d’aide : seule la version française fait foi."
EASY_NOTICE = "Version facile à lire, pour aider : seule la version française complète fait foi."
EASY = "fr-x-falc"
PARTIAL = "Certaines parties ne sont pas traduites."

WRITE = "Écrivez au stylo noir ou bleu, en lettres majuscules."
ONE_DIGIT = "Mettez un seul chiffre dans chaque petite case."
CROSS = "Pour choisir, faites une croix dans la case."
LEAVE_EMPTY = "Vous ne savez pas répondre ? Laissez vide, nous en parlerons."
STAR = "Le signe * marque les réponses nécessaires."
YOU = "« La personne », c’est vous."
SEVERAL = "Plusieurs réponses possibles."
RANKED = "Écrivez 1 devant la première, 2 devant la deuxième, etc."
TO_JOIN = "Je joins ce document."
KNOWN = "Ce qui est imprimé vient de votre dossier. Corrigez au besoin."
JOIN_THESE = "Pièces à joindre, si vous les avez"

NOT_OFFICIAL = (
    "Ce n’est pas le formulaire officiel. Vos réponses servent à le remplir. "
    "Vous le signez ensuite."
)
FOR_LETTER = "Vos réponses servent à écrire la lettre. Vous la signez ensuite."
GIVE_BACK = "À rendre à (nom), avant le (date)"
DAY_MONTH_YEAR = "Jour, mois, année."
MORE = "S’il y en a plus de {room}, écrivez la suite sur une feuille."
SIGN = "Écrivez la ville et la date, puis signez."

IF_CONCERNED = "À remplir si cela vous concerne."
ONLY_IF = "À remplir seulement si {conditions}."
AND = " et "
OR = " ou "
TICKED = "vous avez coché « {answer} » à la question {number}"
NOT_TICKED = "vous n’avez pas coché « {answer} » à la question {number}"
WROTE = "vous avez écrit « {answer} » à la question {number}"
NOT_WROTE = "vous n’avez pas écrit « {answer} » à la question {number}"
ANSWERED = "vous avez répondu à la question {number}"
NOT_ANSWERED = "vous n’avez rien répondu à la question {number}"
WROTE_MORE = "vous avez écrit un nombre plus grand que {bound} à la question {number}"
WROTE_LESS = "vous avez écrit un nombre plus petit que {bound} à la question {number}"
WROTE_AT_LEAST = "vous avez écrit un nombre égal ou supérieur à {bound} à la question {number}"
WROTE_AT_MOST = "vous avez écrit un nombre égal ou inférieur à {bound} à la question {number}"
WROTE_NUMBER = "vous avez écrit le nombre {bound} à la question {number}"
NOT_WROTE_NUMBER = "vous n’avez pas écrit le nombre {bound} à la question {number}"

HELP = "Cette feuille vous aide à comprendre. On ne la remplit pas, on ne l’envoie pas."
PURPOSE = "À quoi sert ce papier"
ASKED = "Ce qui est demandé"
JOINED = "Ce qu’il faut joindre"
NOTHING_JOINED = "Aucune pièce n’est demandée."
SIGNATURE = "Ce que veut dire votre signature"
SIGNED_FORM = "Vous signez le formulaire officiel. Un organisme le lit et donne une réponse."
SIGNED_LETTER = "Vous signez une lettre. Elle est envoyée telle quelle, en votre nom."
SIGNED_PREPARATION = "Cette préparation n’est pas envoyée. Vous signerez un autre papier."
SIGNED_TRUE = "Signer veut dire : c’est moi qui demande, et ce qui est écrit est vrai."
READ_BEFORE = "Lisez tout avant de signer, ou demandez qu’on vous lise tout."
NOT_BLANK = "Ne signez pas une feuille vide."
SAY_BEFORE = "Quelque chose est faux, manque, ou n’est pas clair ? Dites-le avant de signer."
DEADLINES = "Délais"
DEADLINES_IN_FRENCH = "Les délais sont écrits en français. Demandez qu’on vous les explique."

_ENGLISH = {
    NOT_OFFICIAL: (
        "This is not the official form. Your answers are used to fill it in. You sign it later."
    ),
    FOR_LETTER: "Your answers are used to write the letter. You sign it later.",
    GIVE_BACK: "To be given back to (name), before (date)",
    DAY_MONTH_YEAR: "Day, month, year.",
    MORE: "If there are more than {room}, write the rest on a sheet of paper.",
    SIGN: "Write the town and the date, then sign.",
    IF_CONCERNED: "Fill in if it concerns you.",
    ONLY_IF: "Fill in only if {conditions}.",
    AND: " and ",
    OR: " or ",
    TICKED: "you ticked “{answer}” at question {number}",
    NOT_TICKED: "you did not tick “{answer}” at question {number}",
    WROTE: "you wrote “{answer}” at question {number}",
    NOT_WROTE: "you did not write “{answer}” at question {number}",
    ANSWERED: "you answered question {number}",
    NOT_ANSWERED: "you did not answer question {number}",
    WROTE_MORE: "you wrote a number greater than {bound} at question {number}",
    WROTE_LESS: "you wrote a number smaller than {bound} at question {number}",
    WROTE_AT_LEAST: "you wrote the number {bound} or a greater one at question {number}",
    WROTE_AT_MOST: "you wrote the number {bound} or a smaller one at question {number}",
    WROTE_NUMBER: "you wrote the number {bound} at question {number}",
    NOT_WROTE_NUMBER: "you did not write the number {bound} at question {number}",
    AID_NOTICE: "Translation to help you: only the French version is valid.",
    PARTIAL: "Some parts are not translated.",
    WRITE: "Write with a black or blue pen, in capital letters.",
    ONE_DIGIT: "Write only one digit in each small box.",
    CROSS: "To choose, put a cross in the box.",
    LEAVE_EMPTY: "You do not know the answer? Leave it empty, we will talk about it.",
    STAR: "The sign * marks the answers that are needed.",
    YOU: "“La personne” means you.",
    SEVERAL: "You can choose several answers.",
    RANKED: "Write 1 in front of the first, 2 in front of the second, and so on.",
    TO_JOIN: "I attach this document.",
    KNOWN: "What is printed comes from your file. Correct it if needed.",
    JOIN_THESE: "Documents to attach, if you have them",
    HELP: "This sheet helps you understand. You do not fill it in, and it is not sent.",
    PURPOSE: "What this paper is for",
    ASKED: "What you are asked",
    JOINED: "What to attach",
    NOTHING_JOINED: "No document is asked for.",
    SIGNATURE: "What your signature means",
    SIGNED_FORM: "You sign the official form. An office reads it and gives an answer.",
    SIGNED_LETTER: "You sign a letter. It is sent as it is, in your name.",
    SIGNED_PREPARATION: "This draft is not sent. You will sign another paper.",
    SIGNED_TRUE: "Signing means: I am the one who asks, and what is written is true.",
    READ_BEFORE: "Read everything before you sign, or ask someone to read it to you.",
    NOT_BLANK: "Do not sign an empty sheet.",
    SAY_BEFORE: "Something is wrong, missing or not clear? Say so before you sign.",
    DEADLINES: "Deadlines",
    DEADLINES_IN_FRENCH: "The deadlines are written in French. Ask someone to explain them to you.",
}
_SPANISH = {
    NOT_OFFICIAL: (
        "Este no es el formulario oficial. Sus respuestas sirven para rellenarlo. "
        "Usted lo firma después."
    ),
    FOR_LETTER: "Sus respuestas sirven para escribir la carta. Usted la firma después.",
    GIVE_BACK: "Para devolver a (nombre), antes del (fecha)",
    DAY_MONTH_YEAR: "Día, mes, año.",
    MORE: "Si hay más de {room}, escriba lo demás en una hoja.",
    SIGN: "Escriba el municipio y la fecha, y después firme.",
    IF_CONCERNED: "Rellene si le concierne.",
    ONLY_IF: "Rellene solo si {conditions}.",
    AND: " y ",
    OR: " o ",
    TICKED: "marcó «{answer}» en la pregunta {number}",
    NOT_TICKED: "no marcó «{answer}» en la pregunta {number}",
    WROTE: "escribió «{answer}» en la pregunta {number}",
    NOT_WROTE: "no escribió «{answer}» en la pregunta {number}",
    ANSWERED: "respondió a la pregunta {number}",
    NOT_ANSWERED: "no respondió a la pregunta {number}",
    WROTE_MORE: "escribió un número mayor que {bound} en la pregunta {number}",
    WROTE_LESS: "escribió un número menor que {bound} en la pregunta {number}",
    WROTE_AT_LEAST: "escribió el número {bound} o uno mayor en la pregunta {number}",
    WROTE_AT_MOST: "escribió el número {bound} o uno menor en la pregunta {number}",
    WROTE_NUMBER: "escribió el número {bound} en la pregunta {number}",
    NOT_WROTE_NUMBER: "no escribió el número {bound} en la pregunta {number}",
    AID_NOTICE: "Traducción de ayuda: solo la versión en francés es válida.",
    PARTIAL: "Algunas partes no están traducidas.",
    WRITE: "Escriba con bolígrafo negro o azul, en letras mayúsculas.",
    ONE_DIGIT: "Ponga una sola cifra en cada casilla pequeña.",
    CROSS: "Para elegir, haga una cruz en la casilla.",
    LEAVE_EMPTY: "¿No sabe qué responder? Déjelo en blanco, lo hablaremos.",
    STAR: "El signo * indica las respuestas necesarias.",
    YOU: "«La personne» es usted.",
    SEVERAL: "Puede elegir varias respuestas.",
    RANKED: "Escriba 1 delante de la primera, 2 delante de la segunda, etc.",
    TO_JOIN: "Adjunto este documento.",
    KNOWN: "Lo que está impreso viene de su expediente. Corríjalo si hace falta.",
    JOIN_THESE: "Documentos que se adjuntan, si los tiene",
    HELP: "Esta hoja le ayuda a entender. No se rellena y no se envía.",
    PURPOSE: "Para qué sirve este papel",
    ASKED: "Lo que se le pregunta",
    JOINED: "Lo que hay que adjuntar",
    NOTHING_JOINED: "No se pide ningún documento.",
    SIGNATURE: "Lo que significa su firma",
    SIGNED_FORM: "Usted firma el formulario oficial. Un organismo lo lee y da una respuesta.",
    SIGNED_LETTER: "Usted firma una carta. Se envía tal cual, en su nombre.",
    SIGNED_PREPARATION: "Este borrador no se envía. Usted firmará otro papel.",
    SIGNED_TRUE: "Firmar significa: soy yo quien lo pide, y lo que está escrito es verdad.",
    READ_BEFORE: "Lea todo antes de firmar, o pida que se lo lean.",
    NOT_BLANK: "No firme una hoja en blanco.",
    SAY_BEFORE: "¿Algo es falso, falta o no está claro? Dígalo antes de firmar.",
    DEADLINES: "Plazos",
    DEADLINES_IN_FRENCH: "Los plazos están escritos en francés. Pida que se los expliquen.",
}
_ARABIC = {
    NOT_OFFICIAL: ("هذه ليست الاستمارة الرسمية. أجوبتك تُستعمل لملئها. توقّعها بعد ذلك."),
    FOR_LETTER: "أجوبتك تُستعمل لكتابة الرسالة. توقّعها بعد ذلك.",
    GIVE_BACK: "تُعاد إلى (الاسم)، قبل (التاريخ)",
    DAY_MONTH_YEAR: "اليوم ثم الشهر ثم السنة، من اليسار إلى اليمين.",
    MORE: "إذا كان هناك أكثر من {room}، اكتب البقية على ورقة.",
    SIGN: "اكتب المدينة والتاريخ، ثم وقّع.",
    IF_CONCERNED: "يُملأ إذا كان الأمر يعنيك.",
    ONLY_IF: "يُملأ فقط إذا {conditions}.",
    AND: " و",
    OR: " أو ",
    TICKED: "وضعت علامة على «{answer}» في السؤال {number}",
    NOT_TICKED: "لم تضع علامة على «{answer}» في السؤال {number}",
    WROTE: "كتبت «{answer}» في السؤال {number}",
    NOT_WROTE: "لم تكتب «{answer}» في السؤال {number}",
    ANSWERED: "أجبت عن السؤال {number}",
    NOT_ANSWERED: "لم تجب عن السؤال {number}",
    WROTE_MORE: "كتبت عددًا أكبر من {bound} في السؤال {number}",
    WROTE_LESS: "كتبت عددًا أصغر من {bound} في السؤال {number}",
    WROTE_AT_LEAST: "كتبت العدد {bound} أو أكبر منه في السؤال {number}",
    WROTE_AT_MOST: "كتبت العدد {bound} أو أصغر منه في السؤال {number}",
    WROTE_NUMBER: "كتبت العدد {bound} في السؤال {number}",
    NOT_WROTE_NUMBER: "لم تكتب العدد {bound} في السؤال {number}",
    AID_NOTICE: "ترجمة للمساعدة فقط: النسخة الفرنسية وحدها هي المعتمدة.",
    PARTIAL: "بعض الأجزاء غير مترجمة.",
    WRITE: "اكتب بقلم حبر أسود أو أزرق، بالحروف اللاتينية الكبيرة.",
    ONE_DIGIT: "اكتب رقمًا واحدًا فقط في كل خانة صغيرة.",
    CROSS: "للاختيار، ضع علامة × في الخانة.",
    LEAVE_EMPTY: "لا تعرف الجواب؟ اترك المكان فارغًا وسنتحدث عنه معًا.",
    STAR: "العلامة * تعني أن الجواب ضروري.",
    YOU: "«La personne» تعني أنت.",
    SEVERAL: "يمكن اختيار عدة أجوبة.",
    RANKED: "اكتب 1 أمام الأول، و2 أمام الثاني، وهكذا.",
    TO_JOIN: "أرفق هذه الوثيقة.",
    KNOWN: "ما هو مطبوع مأخوذ من ملفك. صحّحه إن لزم الأمر.",
    JOIN_THESE: "الوثائق التي تُرفق، إن كانت لديك",
    HELP: "هذه الورقة تساعدك على الفهم. لا تُملأ ولا تُرسل.",
    PURPOSE: "ما فائدة هذه الورقة",
    ASKED: "ما يُطلب منك",
    JOINED: "ما يجب إرفاقه",
    NOTHING_JOINED: "لا تُطلب أي وثيقة.",
    SIGNATURE: "ماذا يعني توقيعك",
    SIGNED_FORM: "أنت توقّع الاستمارة الرسمية. تقرؤها إحدى الجهات وتعطي جوابًا.",
    SIGNED_LETTER: "أنت توقّع رسالة. تُرسل كما هي، باسمك.",
    SIGNED_PREPARATION: "هذه المسوّدة لا تُرسل. ستوقّع ورقة أخرى.",
    SIGNED_TRUE: "التوقيع يعني: أنا صاحب الطلب، وما هو مكتوب صحيح.",
    READ_BEFORE: "اقرأ كل شيء قبل أن توقّع، أو اطلب أن يُقرأ عليك.",
    NOT_BLANK: "لا توقّع على ورقة فارغة.",
    SAY_BEFORE: "هل هناك شيء خاطئ أو ناقص أو غير واضح؟ قل ذلك قبل أن توقّع.",
    DEADLINES: "الآجال",
    DEADLINES_IN_FRENCH: "الآجال مكتوبة بالفرنسية. اطلب أن تُشرح لك.",
}
_EASY = {
    GIVE_BACK: "Donnez ce papier à cette personne, avant ce jour.",
    LEAVE_EMPTY: "Vous ne savez pas ? N’écrivez rien. Nous en parlerons ensemble.",
    STAR: "Vous voyez une étoile * ? Il faut répondre.",
    SEVERAL: "Vous pouvez cocher plusieurs cases.",
    SIGNED_FORM: "Vous signez un papier. Un bureau lit ce papier. Puis le bureau vous répond.",
    SIGNED_TRUE: "Signer, c’est dire : je demande. C’est dire aussi : tout est vrai.",
    READ_BEFORE: "Lisez tout. Puis signez. Vous pouvez demander de l’aide pour lire.",
    SAY_BEFORE: "Il y a une erreur ? Vous ne comprenez pas ? Dites-le. Puis signez.",
}
_PHRASES = {"en": _ENGLISH, "es": _SPANISH, "ar": _ARABIC, EASY: _EASY}

LANGUAGES = tuple(_PHRASES)
"""The codes of the languages that are spoken here."""


def phrase(french: str, language: str) -> str:
    """A phrase in a language, « العربية (ar) » or its code; empty where it has none."""
    return _PHRASES.get(language_code(language), {}).get(french, "")


def aid_notices(language: str) -> tuple[str, ...]:
    """What every page with a second language says of it: in French, then in that language."""
    if not language:
        return ()
    if language_code(language) == EASY:
        return (EASY_NOTICE,)
    translated = phrase(AID_NOTICE, language)
    return (AID_NOTICE, translated) if translated else (AID_NOTICE,)
