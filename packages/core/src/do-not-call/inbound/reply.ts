import { z } from "zod";

/** Reading of a reply: an opt-out, a possible one, or neither. A question waits for an officer and is never dropped. */
export const ReplyReading = z.enum(["refusal", "question", "other"]);
export type ReplyReading = z.infer<typeof ReplyReading>;

/** Alternatives of a regular expression, in English and in Russian. `~` stands for any letters. */
type Words = { english: string; russian: string };

/**
 * Words that mean an opt-out if they are the whole reply: those of 47 CFR 64.1200(a)(10), of carriers, and of
 * Russian replies.
 */
const keywords: Words = {
  english: [
    "stop|stopp|stopall|stop all|quit|end|revoke|opt out|opt-out|optout|cancel|unsubscribe|unsub|remove|no|nope",
    "no,? thanks|no,? thank you",
  ].join("|"),
  russian:
    "стоп|стой|отписка|отписаться|отпишите|отмена|отменить|отказ|отказываюсь|хватит|прекратите|нет|нет,? спасибо",
};

/** Words and phrases that mean an opt-out even within a sentence. */
const phrases: Words = {
  english: [
    "stop(all|ped)?|stopp|unsub|unsubscribe|opt(ing)?[ -]?out|optout|revoke|withdraw( my| the| this)? consent",
    "(do not|don'?t|never|no more)( ever| please)? (call|calls|calling|text|texts|texting|phone|ring|contact|message)( me)?",
    "(do not|don'?t) want( any| more| your| these| you to)* (call|calls|calling|texts?|messages?|contact)",
    "no( more)? (calls|texts|messages)",
    "(remove|delete|take) me|leave me alone|lose my number",
  ].join("|"),
  russian: [
    "стоп|отпи(ска|сать|саться|сывайте|шите|шусь)|прекратите|перестаньте|хватит|отстаньте|отвяжитесь|убирайтесь",
    "не( надо| нужно| смейте)?( мне| нам| больше| сюда)* (звоните|звони|звонить|названивайте|названивать|беспокойте|беспокоить|пишите|писать|присылайте|присылать)",
    "не хочу( ваших| больше)* звонков|не хочу,? чтобы( вы| мне)* (звонили|писали)",
    "отказываюсь|отзываю|удалите|уберите|исключите",
  ].join("|"),
};

/** Words that may mean something else in a sentence: “call me at the end of the week”. */
const doubtful: Words = {
  english:
    "quit|end|cancel|remove|enough|wrong number|not interested|complain~|lawyer|spam|scam|withdraw~|unsub~",
  russian:
    "отмен~|отказ|не интересно|неинтересно|не нужно|надоел~|жалоб~|спам|не тот номер|ошиблись|мошенник~",
};

/** Negations. A person's reply with one may be an opt-out; a code such as `NO_ANSWER` is not. */
const negation: Words = {
  english: "no|not|never|none|dont|cannot|~n't",
  russian: "нет|не|ни|никогда|незачем",
};

/** Replies with a negation that are not an opt-out. */
const harmless: Words = {
  english: "no problem|no worries|why not",
  russian: "не за что|нет проблем|почему бы и нет|без проблем",
};

/** Cyrillic letters and the Latin letters, or the digit, that look like them. People mix up keyboards. */
const lookalikes = [
  ["а", "a"],
  ["в", "b"],
  ["е", "e"],
  ["з", "3"],
  ["к", "k"],
  ["м", "m"],
  ["н", "h"],
  ["о", "o"],
  ["р", "p"],
  ["с", "c"],
  ["т", "t"],
  ["у", "y"],
  ["х", "x"],
] as const;
const latinByCyrillic = new Map<string, string>(lookalikes);
const cyrillicByLatin = new Map<string, string>(
  lookalikes.map(([cyrillic, latin]) => [latin, cyrillic]),
);

/** Characters that keyboards and phones write for an apostrophe. Normalization would remove some of them. */
const apostrophes = /[’‘‛`´ʼʹˈ′＇՚]/g;

const normalize = (text: string) =>
  text
    .replaceAll(apostrophes, "'")
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ё", "е")
    .replaceAll(/\s+/g, " ");

/** Spellings of a reply, one for each language. A word is looked for only in the spelling of its language. */
type Spellings = { english: string; russian: string };

function spell(text: string): Spellings {
  const plain = normalize(text);
  // In a text that is clearly English, “he” is not «не».
  const letters = isLatin(plain) ? /(?<![\p{L}\p{N}])he(?![\p{L}\p{N}])|./gsu : /./gsu;
  return {
    english: plain.replaceAll(/./gsu, (letter) => latinByCyrillic.get(letter) ?? letter),
    russian: plain.replaceAll(letters, (letter) => cyrillicByLatin.get(letter) ?? letter),
  };
}

/** True if a text has no Cyrillic letters, and some Latin ones that no Cyrillic letter looks like. */
const isLatin = (plain: string) =>
  !/\p{Script=Cyrillic}/u.test(plain) && /[dfgijlnqrsuvwz]/.test(plain);

const createFinder = ({ english, russian }: Words, toPattern: (words: string) => RegExp) => {
  const [inEnglish, inRussian] = [toPattern(english), toPattern(russian)];
  return (text: Spellings) => inEnglish.test(text.english) || inRussian.test(text.russian);
};
const expand = (words: string) => words.replaceAll("~", String.raw`\p{L}*`);
const wholeWord = (words: string) =>
  new RegExp(String.raw`(?<![\p{L}\p{N}])(${expand(words)})(?![\p{L}\p{N}])`, "u");
/** Matches a text that consists of one of the words, apart from punctuation. */
const wholeText = (words: string) =>
  new RegExp(String.raw`^[^\p{L}\p{N}]*(${expand(words)})[^\p{L}\p{N}]*$`, "u");
const isKeyword = createFinder(keywords, wholeText);
const hasPhrase = createFinder(phrases, wholeWord);
const hasDoubtful = createFinder(doubtful, wholeWord);
const hasNegation = createFinder(negation, wholeWord);
const isHarmless = createFinder(harmless, wholeText);

/**
 * Decides if words are an opt-out: a keyword alone, or a phrase anywhere. Any other text with a doubtful word is a
 * question for an officer. (`readDisposition` asks about a dialer's code that reads as an opt-out.)
 */
export const interpretWords = (text: string): ReplyReading => interpret(spell(text));

function interpret(text: Spellings): ReplyReading {
  if (isKeyword(text) || hasPhrase(text)) return "refusal";
  return hasDoubtful(text) ? "question" : "other";
}

/**
 * Decides if a person's reply opts out of all calls, as `interpretWords` does. A reply with a negation is at least a
 * question, except for harmless ones such as “no problem”.
 */
export function interpretReply(text: string): ReplyReading {
  const spellings = spell(text);
  const reading = interpret(spellings);
  const negates = hasNegation(spellings) && !isHarmless(spellings);
  return reading === "other" && negates ? "question" : reading;
}
