import { z } from "zod";

/** Reading of a reply: an opt-out, a possible one, or neither. A question waits for an officer and is never dropped. */
export const ReplyReading = z.enum(["refusal", "question", "other"]);
export type ReplyReading = z.infer<typeof ReplyReading>;

/**
 * Words that mean an opt-out if they are the whole reply: those of 47 CFR 64.1200(a)(10), of carriers, and of
 * Russian replies.
 */
const keywords = [
  "stop|stopp|stopall|stop all|quit|end|revoke|opt out|opt-out|optout|cancel|unsubscribe|unsub|remove|no|nope",
  "no,? thanks|no,? thank you",
  "стоп|стой|отписка|отписаться|отпишите|отмена|отменить|отказ|отказываюсь|хватит|прекратите|нет|нет,? спасибо",
].join("|");

/** Words and phrases that mean an opt-out even within a sentence. */
const phrases = [
  "stop(all|ped)?|stopp|unsub|unsubscribe|opt(ing)?[ -]?out|optout|revoke|withdraw( my| the| this)? consent",
  "(do not|don'?t|never|no more)( ever| please)? (call|calls|calling|text|texts|texting|phone|ring|contact|message)( me)?",
  "(do not|don'?t) want( any| more| your| these| you to)* (call|calls|calling|texts?|messages?|contact)",
  "no( more)? (calls|texts|messages)",
  "(remove|delete|take) me|leave me alone|lose my number",
  "стоп|отпи(ска|сать|саться|сывайте|шите|шусь)|прекратите|перестаньте|хватит|отстаньте|отвяжитесь|убирайтесь",
  "не( надо| нужно| смейте)?( мне| нам| больше| сюда)* (звоните|звони|звонить|названивайте|названивать|беспокойте|беспокоить|пишите|писать|присылайте|присылать)",
  "не хочу( ваших| больше)* звонков|не хочу,? чтобы( вы| мне)* (звонили|писали)",
  "отказываюсь|отзываю|удалите|уберите|исключите",
].join("|");

/** Words that may mean something else in a sentence: “call me at the end of the week”. */
const doubtful = [
  "quit|end|cancel|remove|enough|wrong number|not interested|complain~|lawyer|spam|scam|withdraw~|unsub~",
  "отмен~|отказ|не интересно|неинтересно|не нужно|надоел~|жалоб~|спам|не тот номер|ошиблись|мошенник~",
].join("|");

/** Negations. A person's reply with one may be an opt-out; a code such as `NO_ANSWER` is not. */
const negation = "no|not|never|none|dont|cannot|~n't|нет|не|ни|никогда|незачем";

/** Replies with a negation that are not an opt-out. */
const harmless = "no problem|no worries|why not|не за что|нет проблем|почему бы и нет|без проблем";

/** Cyrillic letters that look like Latin ones. People mix up keyboards. */
const lookalikes: Readonly<Record<string, string>> = {
  а: "a",
  в: "b",
  е: "e",
  ё: "e",
  з: "3",
  к: "k",
  м: "m",
  н: "h",
  о: "o",
  р: "p",
  с: "c",
  т: "t",
  у: "y",
  х: "x",
};

/** Characters that keyboards and phones write for an apostrophe. Normalization would remove some of them. */
const apostrophes = /[’‘‛`´ʼʹˈ′＇՚]/g;

const fold = (text: string) =>
  text
    .replaceAll(apostrophes, "'")
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[авеёзкмнорстух]/g, (letter) => lookalikes[letter] ?? letter)
    .replaceAll(/\s+/g, " ");

/** `~` stands for any letters. */
const pattern = (words: string) => fold(words).replaceAll("~", String.raw`\p{L}*`);
const wholeWord = (words: string) =>
  new RegExp(String.raw`(?<![\p{L}\p{N}])(${pattern(words)})(?![\p{L}\p{N}])`, "u");
/** Matches a text that consists of one of the words, apart from punctuation. */
const wholeText = (words: string) =>
  new RegExp(String.raw`^[^\p{L}\p{N}]*(${pattern(words)})[^\p{L}\p{N}]*$`, "u");
const isKeyword = wholeText(keywords);
const hasPhrase = wholeWord(phrases);
const hasDoubtful = wholeWord(doubtful);
const hasNegation = wholeWord(negation);
const isHarmless = wholeText(harmless);

/**
 * Decides if words are an opt-out: a keyword alone, or a phrase anywhere. A doubtful word anywhere else is a question
 * for an officer. (`readDisposition` asks about a dialer's code that reads as an opt-out.)
 */
export function interpretWords(text: string): ReplyReading {
  const plain = fold(text);
  if (isKeyword.test(plain) || hasPhrase.test(plain)) return "refusal";
  return hasDoubtful.test(plain) ? "question" : "other";
}

/**
 * Decides if a person's reply opts out of all calls, as `interpretWords` does. A reply with a negation is at least a
 * question, except for harmless ones such as “no problem”.
 */
export function interpretReply(text: string): ReplyReading {
  const reading = interpretWords(text);
  const plain = fold(text);
  const negates = hasNegation.test(plain) && !isHarmless.test(plain);
  return reading === "other" && negates ? "question" : reading;
}
