"""The fixed sentences of the handout, in Dutch and in the languages that it can be given in beside it.

No interpreter looked at the translations, and the handout says so.
"""

from collections.abc import Mapping
from types import MappingProxyType

TONGUES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "en": ("English", "Engels"),
        "fr": ("français", "Frans"),
        "uk": ("українська", "Oekraïens"),
        "ar": ("العربية", "Arabisch"),
        "tr": ("Türkçe", "Turks"),
    }
)
"""By language tag: its own name, and its Dutch name."""
RIGHT_TO_LEFT = frozenset({"ar"})

SENTENCES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "title": {
            "nl": "Activiteiten voor u",
            "en": "Activities for you",
            "fr": "Des activités pour vous",
            "uk": "Заняття для вас",
            "ar": "أنشطة لك",
            "tr": "Sizin için etkinlikler",
        },
        "not_checked": {
            "nl": "vertaling niet nagekeken door een tolk",
            "en": "translation not checked by an interpreter",
            "fr": "traduction non vérifiée par un interprète",
            "uk": "переклад не перевірений перекладачем",
            "ar": "لم يراجع مترجم هذه الترجمة",
            "tr": "çeviri bir tercüman tarafından kontrol edilmedi",
        },
        "when": {
            "nl": "Wanneer?",
            "en": "When?",
            "fr": "Quand ?",
            "uk": "Коли?",
            "ar": "متى؟",
            "tr": "Ne zaman?",
        },
        "where": {
            "nl": "Waar?",
            "en": "Where?",
            "fr": "Où ?",
            "uk": "Де?",
            "ar": "أين؟",
            "tr": "Nerede?",
        },
        "travel": {
            "nl": "Hoe komt u er?",
            "en": "How do you get there?",
            "fr": "Comment y aller ?",
            "uk": "Як дістатися?",
            "ar": "كيف تصل؟",
            "tr": "Nasıl gidilir?",
        },
        "join": {
            "nl": "Hoe doet u mee?",
            "en": "How do you join?",
            "fr": "Comment participer ?",
            "uk": "Як взяти участь?",
            "ar": "كيف تشارك؟",
            "tr": "Nasıl katılırsınız?",
        },
        "price": {
            "nl": "Wat kost het?",
            "en": "What does it cost?",
            "fr": "Combien ça coûte ?",
            "uk": "Скільки коштує?",
            "ar": "كم التكلفة؟",
            "tr": "Ücreti ne kadar?",
        },
        "first": {
            "nl": "De eerste keer",
            "en": "The first time",
            "fr": "La première fois",
            "uk": "Перший раз",
            "ar": "المرة الأولى",
            "tr": "İlk sefer",
        },
        "ask_when": {
            "nl": "Vraag: op welke dag en hoe laat?",
            "en": "Ask: on which day and at what time?",
            "fr": "Demandez : quel jour et à quelle heure ?",
            "uk": "Запитайте: у який день і о котрій?",
            "ar": "اسأل: في أي يوم وفي أي ساعة؟",
            "tr": "Sorun: hangi gün ve saat kaçta?",
        },
        "ask_where": {
            "nl": "Vraag: waar is het?",
            "en": "Ask: where is it?",
            "fr": "Demandez : où est-ce ?",
            "uk": "Запитайте: де це?",
            "ar": "اسأل: أين المكان؟",
            "tr": "Sorun: nerede?",
        },
        "ask_join": {
            "nl": "Vraag het aan uw trajectbegeleider.",
            "en": "Ask your caseworker.",
            "fr": "Demandez à votre accompagnateur.",
            "uk": "Запитайте свого консультанта.",
            "ar": "اسأل مرافقك.",
            "tr": "Danışmanınıza sorun.",
        },
        "ask_price": {
            "nl": "Vraag: hoeveel kost het?",
            "en": "Ask: how much does it cost?",
            "fr": "Demandez : combien ça coûte ?",
            "uk": "Запитайте: скільки це коштує?",
            "ar": "اسأل: كم التكلفة؟",
            "tr": "Sorun: ücreti ne kadar?",
        },
        "first_caseworker": {
            "nl": "Iemand gaat met u mee. Uw trajectbegeleider regelt dat.",
            "en": "Someone goes with you. Your caseworker arranges it.",
            "fr": "Quelqu'un vous accompagne. Votre accompagnateur s'en occupe.",
            "uk": "Хтось піде з вами. Це організує ваш консультант.",
            "ar": "سيذهب شخص معك. مرافقك سيرتب ذلك.",
            "tr": "Biri sizinle gelecek. Danışmanınız bunu ayarlar.",
        },
        "first_desk": {
            "nl": "Iemand gaat met u mee. De gemeente regelt dat.",
            "en": "Someone goes with you. The municipality arranges it.",
            "fr": "Quelqu'un vous accompagne. La commune s'en occupe.",
            "uk": "Хтось піде з вами. Це організує громада.",
            "ar": "سيذهب شخص معك. البلدية سترتب ذلك.",
            "tr": "Biri sizinle gelecek. Belediye bunu ayarlar.",
        },
        "first_organiser": {
            "nl": "Iemand gaat met u mee. De organisator regelt dat.",
            "en": "Someone goes with you. The organiser arranges it.",
            "fr": "Quelqu'un vous accompagne. L'organisateur s'en occupe.",
            "uk": "Хтось піде з вами. Це зробить організатор.",
            "ar": "سيذهب شخص معك. المنظم سيرتب ذلك.",
            "tr": "Biri sizinle gelecek. Organizatör bunu ayarlar.",
        },
        "first_volunteer": {
            "nl": "Een vrijwilliger gaat met u mee.",
            "en": "A volunteer goes with you.",
            "fr": "Un bénévole vous accompagne.",
            "uk": "З вами піде волонтер.",
            "ar": "سيذهب متطوع معك.",
            "tr": "Bir gönüllü sizinle gelecek.",
        },
        "first_buddy": {
            "nl": "Uw buddy gaat met u mee.",
            "en": "Your buddy goes with you.",
            "fr": "Votre buddy vous accompagne.",
            "uk": "З вами піде ваш бадді.",
            "ar": "سيذهب رفيقك معك.",
            "tr": "Buddy'niz sizinle gelecek.",
        },
        "first_companion": {
            "nl": "Iemand gaat met u mee.",
            "en": "Someone goes with you.",
            "fr": "Quelqu'un vous accompagne.",
            "uk": "Хтось піде з вами.",
            "ar": "سيذهب شخص معك.",
            "tr": "Biri sizinle gelecek.",
        },
        "first_alone": {
            "nl": "U gaat alleen.",
            "en": "You go on your own.",
            "fr": "Vous y allez seul(e).",
            "uk": "Ви підете самі.",
            "ar": "ستذهب وحدك.",
            "tr": "Tek başınıza gideceksiniz.",
        },
        "first_possible": {
            "nl": "Iemand kan met u meegaan. Vraag het.",
            "en": "Someone can go with you. Ask for it.",
            "fr": "Quelqu'un peut vous accompagner. Demandez-le.",
            "uk": "Хтось може піти з вами. Запитайте.",
            "ar": "يمكن لشخص أن يذهب معك. اطلب ذلك.",
            "tr": "Biri sizinle gelebilir. Sorun.",
        },
        "first_unknown": {
            "nl": "Liever niet alleen? Vraag of iemand meegaat.",
            "en": "Rather not alone? Ask whether someone can come.",
            "fr": "Pas seul(e) ? Demandez si quelqu'un peut venir.",
            "uk": "Не хочете самі? Запитайте, хто може піти з вами.",
            "ar": "لا تريد الذهاب وحدك؟ اسأل إن كان أحد يأتي معك.",
            "tr": "Yalnız gitmek istemez misiniz? Sorun: biri gelebilir mi?",
        },
        "phone_heading": {
            "nl": "Dit zegt u aan de telefoon",
            "en": "Say this on the phone",
            "fr": "Dites ceci au téléphone",
            "uk": "Скажіть це по телефону",
            "ar": "قل هذا على الهاتف",
            "tr": "Telefonda bunu söyleyin",
        },
        "phone": {
            "nl": "Goeiedag, ik wil graag meedoen met {title}. Mag ik eens komen kijken? Wanneer kan dat?",
            "en": "Hello, I would like to join {title}. May I come and have a look? When can I come?",
            "fr": "Bonjour, je voudrais participer à {title}. Puis-je venir voir ? Quand est-ce possible ?",
            "uk": "Добрий день, я хочу взяти участь: {title}. Чи можна прийти подивитися? Коли можна?",
            "ar": "مرحباً، أودّ المشاركة في {title}. هل يمكنني أن آتي لأرى؟ متى يمكن ذلك؟",
            "tr": "Merhaba, {title} etkinliğine katılmak istiyorum. Gelip bakabilir miyim? Ne zaman olur?",
        },
        "questions": {
            "nl": "Vragen? Bel uw trajectbegeleider:",
            "en": "Questions? Call your caseworker:",
            "fr": "Des questions ? Appelez votre accompagnateur :",
            "uk": "Є запитання? Зателефонуйте консультанту:",
            "ar": "أسئلة؟ اتصل بمرافقك:",
            "tr": "Sorunuz mu var? Danışmanınızı arayın:",
        },
    }
)
"""Sentences by name and language."""
