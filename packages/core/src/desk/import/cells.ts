import { unguardFormula } from "../../platform/csv/index.ts";
import type { ImportField } from "./import-kind.ts";
import type { Mapping } from "./mapping.ts";
import type { ConsentSource } from "../../consents/consent/index.ts";
import type { Channel } from "../../people/phone/index.ts";
import type { CalledParty } from "../../people/phone/index.ts";
import type { GivenSuppressionReason } from "../../do-not-call/suppression/index.ts";

/**
 * The cells of a row by field: trimmed, without the apostrophe that our own files put before formulas, and
 * without empty cells.
 */
export type Cells = {
  /** The first filled cell, else the default of the mapping. */
  one: (field: ImportField) => string | undefined;
  /** All filled cells; if there is none, the default of the mapping alone. */
  all: (field: ImportField) => readonly string[];
  /** A contact's attributes by name, as `one` reads each. */
  attributes: () => Record<string, string>;
};

/** Reads the cells of a row by field. A default of the mapping stands for each field without a filled cell. */
export function readCells({ columns, defaults }: Mapping, row: readonly string[]): Cells {
  const all = (field: string) => {
    const filled = row
      .map((cell) => unguardFormula(cell.trim()))
      .filter((cell, index) => cell !== "" && columns[index] === field);
    const fallback = defaults[field]?.trim();
    return filled.length > 0 || !fallback ? filled : [fallback];
  };
  const attributes = () => {
    const fields = [...columns, ...Object.keys(defaults)].filter((field) =>
      field?.startsWith("attributes."),
    );
    return Object.fromEntries(
      fields.flatMap((field) => {
        const [value] = all(field ?? "");
        return value === undefined ? [] : [[String(field).slice("attributes.".length), value]];
      }),
    );
  };
  return { one: (field) => all(field)[0], all, attributes };
}

/**
 * Creates a reader that translates a word from a file to ours. An unknown word is returned in small letters, with
 * `_` for spaces and hyphens, as our own words are written.
 */
const createWordReader =
  <T extends string>(meanings: Partial<Record<T, readonly string[]>>) =>
  (cell: string): string => {
    const word = cell
      .trim()
      .toLowerCase()
      .replaceAll("ё", "е")
      .replaceAll(/[\s-]+/g, "_");
    const entries: [string, readonly string[] | undefined][] = Object.entries(meanings);
    return entries.find(([, spellings]) => spellings?.includes(word))?.[0] ?? word;
  };

export const readCalledParty = createWordReader<CalledParty>({
  individual: ["person", "consumer", "b2c", "физлицо", "физическое_лицо", "фл"],
  sole_trader: ["self_employed", "ип", "индивидуальный_предприниматель", "самозанятый"],
  corporate: ["company", "business", "b2b", "юрлицо", "юридическое_лицо", "юл", "компания"],
});

export const readChannel = createWordReader<Channel>({
  voice_live: ["voice", "call", "calls", "phone", "звонок", "звонки", "телефон"],
  sms: ["text", "смс"],
  email: ["e_mail", "mail", "почта", "email_рассылка"],
});

export const readSource = createWordReader<ConsentSource>({
  website_form: ["website", "web", "site", "form", "web_form", "сайт", "форма", "форма_на_сайте"],
  newsletter: ["рассылка", "подписка"],
  registration: ["sign_up", "signup", "регистрация"],
  checkout: ["purchase", "order", "покупка", "заказ"],
  phone: ["call", "spoken", "телефон", "звонок"],
  paper: ["бумага", "анкета", "договор"],
  enquiry: ["inquiry", "request", "запрос", "обращение"],
  import: ["импорт"],
});

export const readReason = createWordReader<GivenSuppressionReason>({
  litigator: [
    "known_litigator",
    "plaintiff",
    "sues_over_calls",
    "истец",
    "судится",
    "судится_из_за_звонков",
  ],
  wrong_person: [
    "wrong_number",
    "не_тот_человек",
    "чужой_номер",
    "ошибочный_номер",
    "номер_другого_человека",
  ],
  deceased: ["dead", "умер", "умерла", "скончался", "владелец_умер"],
  complaint_under_review: ["complaint", "жалоба", "жалоба_рассматривается", "идет_разбор_жалобы"],
  partner_list: [
    "partner",
    "on_a_partner’s_list",
    "партнер",
    "список_партнера",
    "в_списке_партнера",
  ],
});

/**
 * Reads a sum as spreadsheets and shops write it, rounded to the hundredth: `1 234,56 ₽`, `$1,234.50`, `1234.5`.
 * Null for anything else, such as a negative sum, and for `1.2E+7`, which a spreadsheet shows instead of a longer one.
 */
export function readAmount(cell: string): number | null {
  if (/\dE[+-]?\d/i.test(cell)) return parseExponent(cell.trim());
  const bare = cell.replaceAll(/[\s'’\p{Sc}]|[a-zа-яё]+\.?/giu, "");
  const spelled = /^(\d[\d.,]*)$/.exec(bare)?.[1];
  if (spelled === undefined) return null;
  const point = findDecimalPoint(spelled);
  const [whole = "", part = ""] =
    point === -1 ? [spelled] : [spelled.slice(0, point), spelled.slice(point + 1)];
  const digits = whole.replaceAll(/[.,]/g, "");
  const isGrouped = /^(\d+|\d{1,3}([.,]\d{3})+)$/.test(whole);
  if (!isGrouped || digits.length > 12 || /[.,]/.test(part)) return null;
  return Math.round(Number(`${digits}.${part || "0"}`) * 100) / 100;
}

/** Reads an amount with an exponent that loses no digits: `1.25E7`. */
function parseExponent(text: string): number | null {
  const amount = Number(text);
  return /^\d(\.\d+)?E\d{1,2}$/i.test(text) && amount < 1e12
    ? Math.round(amount * 100) / 100
    : null;
}

/** Finds the decimal point: the last mark, unless it separates thousands or occurs twice. */
function findDecimalPoint(text: string): number {
  const last = Math.max(text.lastIndexOf("."), text.lastIndexOf(","));
  if (last === -1) return -1;
  const mark = text.charAt(last);
  const isRepeated = text.indexOf(mark) !== last;
  const isOnly = !text.includes(mark === "." ? "," : ".");
  const isThousands = mark === "," && isOnly && /,\d{3}$/.test(text);
  return isRepeated || isThousands ? -1 : last;
}
