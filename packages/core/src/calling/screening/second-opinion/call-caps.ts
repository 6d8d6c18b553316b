import { type PlainCall, playsMessage, sells } from "./law.ts";

// Part of the second opinion, which only tests use: second-opinion.ts says why it exists. No call is decided by it.

/** A law on how often one person may be called. Calls that were not answered count, too. */
export interface CapLaw {
  readonly place: string;
  readonly words: string;
  readonly binds?: (call: PlainCall) => boolean;
  readonly from?: string;
  readonly most: number;
  /** A span that ends with the call, or days of the person's calendar, of which the call's is the last. */
  readonly within: { readonly hours: number } | { readonly days: number };
}

const collects = ({ purpose }: PlainCall) => purpose === "debt_collection";

export const capLaws: readonly CapLaw[] = [
  {
    place: "AE",
    words: "Cabinet Resolution 56 of 2024: not more than once a day",
    most: 1,
    within: { days: 1 },
  },
  {
    place: "AE",
    words: "Cabinet Resolution 56 of 2024: at most twice a week",
    most: 2,
    within: { days: 7 },
  },
  {
    place: "CO",
    words: "Ley 2300 art. 3: no más de una ocasión durante el mismo día",
    most: 1,
    within: { days: 1 },
  },
  {
    place: "FR",
    words: "C. conso D. 223-9: quatre fois au cours d'une période de trente jours calendaires",
    most: 4,
    within: { days: 30 },
  },
  {
    place: "RU",
    words: "230-FZ art. 7: 1 раза в сутки",
    binds: collects,
    most: 1,
    within: { hours: 24 },
  },
  {
    place: "RU",
    words: "230-FZ art. 7: 2 раз в неделю",
    binds: collects,
    most: 2,
    within: { hours: 7 * 24 },
  },
  {
    place: "RU",
    words: "230-FZ art. 7: 8 раз в месяц, the longest month",
    binds: collects,
    most: 8,
    within: { hours: 31 * 24 },
  },
  {
    place: "US-FL",
    words: "Fla. Stat. 501.616(6)(b): three over a 24-hour period",
    most: 3,
    within: { hours: 24 },
  },
  {
    place: "US-MD",
    words: "Md. Code Com. Law 14-4502(c)(2): three per 24 hours",
    most: 3,
    within: { hours: 24 },
  },
  {
    place: "US-ME",
    words: "10 M.R.S. 1498(3): one during each 8-hour period",
    binds: (call) => playsMessage(call) && sells(call),
    most: 1,
    within: { hours: 8 },
  },
  {
    place: "US-OK",
    words: "15 O.S. 775C.4(A): three per 24-hour period",
    most: 3,
    within: { hours: 24 },
  },
  {
    place: "US-OR",
    words: "ORS 646.563(1) as amended by HB 3865: three within 24 hours",
    from: "2026-01-01",
    most: 3,
    within: { hours: 24 },
  },
];
