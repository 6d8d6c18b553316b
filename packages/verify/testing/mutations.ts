import {
  type Certificate,
  type ClaimName,
  hashToBase64url,
  readStatement,
} from "@ringfence/core/proof/ledger";
import { aStatement, toUnlogged } from "@ringfence/core/testing/certificates";
import { aSigner } from "@ringfence/core/testing/ledger";
import { readJwt, showOnly } from "@ringfence/core/testing/verifications";

export type Mutation = {
  what: string;
  /** The file as it was forged: a value to be written as JSON, or the text itself. */
  change: (certificate: Certificate) => unknown;
  /** Nobody can tell it from what is not finished, or not shown: it does not hold, and is not refused. */
  lowersTo?: "promised" | "unclear";
  /** It matters only to whoever goes by the keys in the file. */
  isOfFileKeys?: true;
  /** Only a certificate that witnesses signed can be changed so. */
  isOfWitnesses?: true;
  en: RegExp;
  ru: RegExp;
};

const part = (text: string, from: RegExp, to: string | ((...parts: string[]) => string)) =>
  typeof to === "string" ? text.replace(from, to) : text.replace(from, to);
/** First lines of a checkpoint: the name of the log, and its size. */
const HEAD = /\n\n(.+)\n(\d+)\n/;
const swap = (letter: string) => (letter === "A" ? "B" : "A");
/** The letter at a place as another. */
const turned = (text: string, place: number) =>
  text.slice(0, place) + swap(text.charAt(place)) + text.slice(place + 1);

const encodeDisclosure = (claim: string, value: unknown) =>
  Buffer.from(JSON.stringify(["salt", claim, value])).toString("base64url");

const withPiece = (statement: string, index: number, change: (piece: string) => string) =>
  statement
    .split("~")
    .map((piece, place) => (place === index ? change(piece) : piece))
    .join("~");

const notSigned = { en: /is not what was signed/, ru: /не то, что было подписано/ };
const signature = { en: /The signature is not valid/, ru: /Подпись недействительна/ };
const noForm = { en: /but it is damaged/, ru: /но файл повреждён/ };
const hidden = {
  en: /does not show what it is\. It may be/,
  ru: /Не показано, что именно заявлено позже/,
};
const cutOff = {
  en: /another statement was the last/,
  ru: /последним по этому номеру было другое/,
};

const place: ClaimName[] = ["sequence", "previous"];

const isWithdrawal = ({ statement }: { statement: string }) =>
  readStatement(statement).statement?.claims.kind === "consent.withdrawn";

/** A certificate as those of before were: nobody says which statement was the last. */
const withoutHead = (it: Certificate): Certificate => ({ ...it, chainHead: undefined });

/** A withdrawal that somebody has signed for themselves, in the place after the last statement. */
function selfSigned(it: Certificate) {
  const { statement } = readStatement(it.statement);
  const claims = {
    kind: "consent.withdrawn",
    consent: statement?.claims.consent,
    at: "2026-04-01T09:00:00.000Z",
    sequence: Number(statement?.claims.sequence) + 1,
    previous: hashToBase64url(readJwt(it)),
  };
  return toUnlogged(aStatement(claims, aSigner("stranger", "log", 99)));
}
const cut = {
  en: /The statement is malformed: part of it is missing, or something was added/,
  ru: /Заявление повреждено: чего-то не хватает или что-то добавлено/,
};

/** Forgeries of a certificate, each with the sentence that names it. */
export const mutations: Mutation[] = [
  {
    what: "another phone is put in the place of the one that was disclosed",
    change: (it) => ({
      ...it,
      statement: withPiece(it.statement, 2, () => encodeDisclosure("phone", "+12015550199")),
    }),
    ...notSigned,
  },
  {
    what: "a particular is added",
    change: (it) => ({
      ...it,
      statement: `${it.statement}${encodeDisclosure("email", "a@b.example")}~`,
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
    en: /The signature is not valid|The statement is malformed|is not what was signed/,
    ru: /Подпись недействительна|Заявление повреждено|не то, что было подписано/,
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
    en: /The entry in the log is not that of this statement|This is not the text/,
    ru: /Запись в журнале — не от этого заявления|Это не тот текст/,
  },
  {
    what: "the text that was shown says more",
    change: (it) => ({ ...it, words: { language: "en", text: `${it.words?.text} Any time.` } }),
    en: /This is not the text that the person was shown/,
    ru: /Это не тот текст, который показали человеку/,
  },
  {
    what: "the text is said to be in another language",
    change: (it) => ({ ...it, words: { language: "ru", text: it.words?.text } }),
    en: /This is not the text that the person was shown/,
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
    en: /The checkpoint belongs to a different log/,
    ru: /Контрольная точка относится к другому журналу/,
  },
  {
    what: "the signature of a witness is taken away, as if it had not come yet",
    lowersTo: "promised",
    isOfWitnesses: true,
    change: (it) => ({ ...it, proof: part(it.proof ?? "", /— w2\.test .*\n/, "") }),
    en: /Too few witnesses signed this checkpoint \(1\)/,
    ru: /слишком мало подписей свидетелей \(1\)/,
  },
  {
    what: "the signature of a witness is changed",
    isOfFileKeys: true,
    isOfWitnesses: true,
    change: (it) => ({
      ...it,
      proof: part(it.proof ?? "", /(?<=— w1\.test .{30})./, (letter) =>
        letter === "x" ? "y" : "x",
      ),
    }),
    en: /The signature of w1\.test on the checkpoint is not valid/,
    ru: /Подпись w1\.test на контрольной точке недействительна/,
  },
  {
    what: "the key of the log is another",
    isOfFileKeys: true,
    change: (it) => ({ ...it, policy: part(it.policy, /^log \S+$/m, "log x+1+2") }),
    en: /The list of trusted keys in the certificate is damaged/,
    ru: /Список доверенных ключей в сертификате повреждён/,
  },
  {
    what: "the withdrawal is left out, of which another follows",
    change: (it) => ({ ...it, later: it.later.slice(1) }),
    en: /A later statement is missing before position 1/,
    ru: /Не хватает более позднего заявления \(перед местом 1\)/,
  },
  {
    what: "the withdrawal is changed",
    change: (it) => ({
      ...it,
      later: it.later.map((one, index) =>
        index === 1 ? { ...one, statement: turned(one.statement, 600) } : one,
      ),
    }),
    en: /The later statement at position 2 was changed/,
    ru: /Более позднее заявление \(место 2\) изменили/,
  },
  {
    what: "the withdrawal is not in the log",
    change: (it) => ({
      ...it,
      later: it.later.map((one, index) => (index === 1 ? { ...one, leaf: it.leaf } : one)),
    }),
    en: /The log does not contain the later statement at position 2/,
    ru: /Более позднего заявления \(место 2\) в журнале нет/,
  },
  {
    what: "the withdrawal is cut off at the end",
    change: (it) => ({ ...it, later: it.later.slice(0, -1) }),
    ...cutOff,
  },
  {
    what: "all that was stated later is cut away",
    change: (it) => ({ ...it, later: [] }),
    ...cutOff,
  },
  {
    what: "all that was stated later is cut away, and who would tell of it too",
    lowersTo: "unclear",
    change: (it) => ({ ...withoutHead(it), later: [] }),
    en: /a withdrawal may have been left out/,
    ru: /отзыв могли убрать/,
  },
  {
    what: "the last statement is said to be another",
    change: (it) => ({
      ...it,
      later: [],
      chainHead: part(it.chainHead ?? "", /\.[^.]+\./, (middle) => turned(middle, 60)),
    }),
    en: /of the last statement about this number was changed/,
    ru: /Запись издателя о последнем заявлении по этому номеру изменили/,
  },
  {
    what: "of the withdrawal only its place is shown",
    lowersTo: "unclear",
    change: (it) => ({
      ...it,
      later: it.later.map((one) => ({ ...one, statement: showOnly(one.statement, place) })),
    }),
    ...hidden,
  },
  {
    what: "of the withdrawal it is not shown which consent it ends",
    lowersTo: "unclear",
    change: (it) => ({
      ...it,
      later: it.later.map((one) => ({
        ...one,
        statement: showOnly(one.statement, isWithdrawal(one) ? [...place, "kind", "at"] : place),
      })),
    }),
    ...hidden,
  },
  {
    what: "its place in the chain is kept back, and all that was stated later cut away",
    lowersTo: "unclear",
    change: (it) => ({
      ...withoutHead(it),
      statement: showOnly(it.statement, ["kind", "consent", "phone", "at", "disclosure"]),
      later: [],
    }),
    en: /This file does not show whether anything was stated later/,
    ru: /Было ли что-нибудь заявлено позже, из этого файла не видно/,
  },
  {
    what: "it is not shown what it is",
    lowersTo: "unclear",
    change: (it) => ({
      ...it,
      statement: showOnly(it.statement, ["consent", "phone", "disclosure", ...place]),
    }),
    en: /The kind of this statement is not shown/,
    ru: /Что именно заявлено, не показано/,
  },
  {
    what: "a withdrawal is put there that somebody has signed for themselves",
    lowersTo: "unclear",
    change: (it) => ({ ...withoutHead(it), later: [selfSigned(it)] }),
    en: /is not proven to be in the log, so it does not count/,
    ru: /не доказано, что оно есть в журнале, поэтому оно не считается/,
  },
  {
    what: "the text stands there twice",
    change: (it) =>
      JSON.stringify(it).replace(
        '"words":',
        '"words":{"language":"en","text":"Anything."},"words":',
      ),
    en: /The same name appears twice in this file/,
    ru: /Одно и то же имя стоит в файле дважды/,
  },
  {
    what: "a time stamp is put there that is none",
    change: (it) => ({ ...it, timestamps: ["AAAA"] }),
    en: /The time stamp does not belong to this checkpoint/,
    ru: /Метка времени поставлена не на эту контрольную точку/,
  },
  { what: "something is added to the file", change: (it) => ({ ...it, valid: true }), ...noForm },
  {
    what: "something is missing from the file",
    change: (it) => ({ ...it, policy: undefined }),
    ...noForm,
  },
];

/** The text of a forged file. */
export const forge = ({ change }: Mutation, certificate: Certificate): string => {
  const forged = change(certificate);
  return typeof forged === "string" ? forged : JSON.stringify(forged);
};
