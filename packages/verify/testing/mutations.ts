import type { Certificate } from "@ringfence/core/ledger";
import { aStatement } from "@ringfence/core/testing/certificates";

export type Mutation = {
  what: string;
  change: (certificate: Certificate) => unknown;
  /** Nobody can tell it from what is not finished: it does not hold, and is not refused for ever. */
  isPromised?: true;
  /** Only a certificate that witnesses signed can be changed so. */
  isOfWitnesses?: true;
  en: RegExp;
  ru: RegExp;
};

const part = (text: string, from: RegExp, to: string | ((...parts: string[]) => string)) =>
  typeof to === "string" ? text.replace(from, to) : text.replace(from, to);
/** Where a checkpoint begins: the name of the log, and its size. */
const HEAD = /\n\n(.+)\n(\d+)\n/;
const swap = (letter: string) => (letter === "A" ? "B" : "A");
/** The letter at a place as another. */
const turned = (text: string, place: number) =>
  text.slice(0, place) + swap(text.charAt(place)) + text.slice(place + 1);

const disclosureOf = (claim: string, value: unknown) =>
  Buffer.from(JSON.stringify(["salt", claim, value])).toString("base64url");

const withPiece = (statement: string, index: number, change: (piece: string) => string) =>
  statement
    .split("~")
    .map((piece, place) => (place === index ? change(piece) : piece))
    .join("~");

const notSigned = { en: /is not what was signed/, ru: /не то, что было подписано/ };
const signature = { en: /The signature does not fit/, ru: /Подпись не подходит/ };
const noForm = { en: /This is no certificate/, ru: /Это не сертификат/ };
const cut = {
  en: /was cut, or something was added/,
  ru: /что-то отрезали или к нему что-то добав/,
};

/** What a forger might try, and the sentence that names it. */
export const mutations: Mutation[] = [
  {
    what: "another phone is put in the place of the one that was disclosed",
    change: (it) => ({
      ...it,
      statement: withPiece(it.statement, 2, () => disclosureOf("phone", "+12015550199")),
    }),
    ...notSigned,
  },
  {
    what: "a particular is added",
    change: (it) => ({
      ...it,
      statement: `${it.statement}${disclosureOf("email", "a@b.example")}~`,
    }),
    ...notSigned,
  },
  {
    what: "a particular stands there twice",
    change: (it) => ({ ...it, statement: `${it.statement}${it.statement.split("~")[1]}~` }),
    en: /is disclosed twice/,
    ru: /раскрыто дважды/,
  },
  {
    what: "a particular is no JSON any more",
    change: (it) => ({ ...it, statement: withPiece(it.statement, 1, (piece) => piece.slice(1)) }),
    en: /Disclosure 1 of the statement cannot be read/,
    ru: /Раскрытие 1 в заявлении не читается/,
  },
  {
    what: "a digest in what was signed is changed",
    change: (it) => ({ ...it, statement: turned(it.statement, it.statement.indexOf(".") + 40) }),
    en: /The signature does not fit|was cut, or|is not what was signed/,
    ru: /Подпись не подходит|что-то отрезали|не то, что было подписано/,
  },
  {
    what: "the signature is changed",
    change: (it) => ({ ...it, statement: turned(it.statement, it.statement.indexOf("~") - 20) }),
    ...signature,
  },
  {
    what: "the end of the statement is cut off",
    change: (it) => ({ ...it, statement: it.statement.slice(0, -1) }),
    ...cut,
  },
  {
    what: "the statement is one that somebody else signed",
    change: (it) => ({ ...it, statement: aStatement({ kind: "consent.granted" }).statement }),
    en: /The entry in the log is not that of this statement|The text is not the one/,
    ru: /Запись в журнале — не от этого заявления|Это не тот текст/,
  },
  {
    what: "the text that was shown says more",
    change: (it) => ({ ...it, words: { language: "en", text: `${it.words?.text} Any time.` } }),
    en: /The text is not the one that the person was shown/,
    ru: /Это не тот текст, который показали человеку/,
  },
  {
    what: "the text is said to be in another language",
    change: (it) => ({ ...it, words: { language: "ru", text: it.words?.text } }),
    en: /The text is not the one that the person was shown/,
    ru: /Это не тот текст, который показали человеку/,
  },
  {
    what: "the leaf is changed",
    change: (it) => ({ ...it, leaf: part(it.leaf, /leaf@v1/, "leaf@v2") }),
    en: /The entry in the log is not that of this statement/,
    ru: /Запись в журнале — не от этого заявления/,
  },
  {
    what: "the place in the log is changed",
    change: (it) => ({
      ...it,
      proof: part(it.proof ?? "", /^index (\d+)$/m, (_, at) => `index ${Number(at) === 0 ? 1 : 0}`),
    }),
    en: /The proof does not lead to the checkpoint/,
    ru: /Доказательство не приводит к контрольной точке/,
  },
  {
    what: "the proof lacks a line",
    change: (it) => ({ ...it, proof: part(it.proof ?? "", /^(index \d+\n).*\n/m, "$1") }),
    en: /The proof does not lead to the checkpoint/,
    ru: /Доказательство не приводит к контрольной точке/,
  },
  {
    what: "the proof is of no known format",
    change: (it) => ({ ...it, proof: part(it.proof ?? "", /@v1/, "@v2") }),
    en: /The proof that the log holds the statement cannot be read/,
    ru: /Доказательство того, что заявление есть в журнале, не читается/,
  },
  {
    what: "the log is said to be larger",
    change: (it) => ({
      ...it,
      proof: part(it.proof ?? "", HEAD, (_, name, size) => `\n\n${name}\n${Number(size) + 1}\n`),
    }),
    en: /The log did not sign this checkpoint/,
    ru: /Журнал не подписывал эту контрольную точку/,
  },
  {
    what: "the checkpoint is another log's",
    change: (it) => ({ ...it, proof: part(it.proof ?? "", HEAD, "\n\nevil.$1\n$2\n") }),
    en: /The checkpoint is of another log/,
    ru: /Контрольная точка — от другого журнала/,
  },
  {
    what: "the signature of a witness is taken away, as if it had not come yet",
    isPromised: true,
    isOfWitnesses: true,
    change: (it) => ({ ...it, proof: part(it.proof ?? "", /— w2\.test .*\n/, "") }),
    en: /Too few witnesses signed this checkpoint \(1\)/,
    ru: /слишком мало подписей свидетелей \(1\)/,
  },
  {
    what: "the signature of a witness is changed",
    isOfWitnesses: true,
    change: (it) => ({
      ...it,
      proof: part(it.proof ?? "", /(?<=— w1\.test .{30})./, "x"),
    }),
    en: /carries a signature of w1\.test that does not hold/,
    ru: /стоит подпись w1\.test, которая не подходит/,
  },
  {
    what: "the key of the log is another",
    change: (it) => ({ ...it, policy: part(it.policy, /^log \S+$/m, "log x+1+2") }),
    en: /does not say properly whose signatures count/,
    ru: /непонятно, чьи подписи считаются/,
  },
  {
    what: "the withdrawal is left out, of which another follows",
    change: (it) => ({ ...it, later: it.later.slice(1) }),
    en: /one is missing, before place 1/,
    ru: /одного не хватает \(перед местом 1\)/,
  },
  {
    what: "the withdrawal is changed",
    change: (it) => ({
      ...it,
      later: it.later.map((one, index) =>
        index === 1 ? { ...one, statement: turned(one.statement, 600) } : one,
      ),
    }),
    en: /What was stated later, at place 2, was changed/,
    ru: /То, что заявлено позже \(место 2\), изменили/,
  },
  {
    what: "the withdrawal is not in the log",
    change: (it) => ({
      ...it,
      later: it.later.map((one, index) => (index === 1 ? { ...one, leaf: it.leaf } : one)),
    }),
    en: /The log does not hold what was stated later, at place 2/,
    ru: /Более позднего заявления \(место 2\) в журнале нет/,
  },
  { what: "something is added to the file", change: (it) => ({ ...it, valid: true }), ...noForm },
  {
    what: "something is missing from the file",
    change: (it) => ({ ...it, policy: undefined }),
    ...noForm,
  },
];
