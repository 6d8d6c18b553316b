import type { PlainCall } from "./law.ts";

// Part of the second opinion, which only tests use: second-opinion.ts says why it exists. No call is decided by it.

/** A law that forbids one industry to call, whatever the hour and the device. */
export interface IndustryLaw {
  readonly place: string;
  readonly words: string;
  readonly forbids: (call: PlainCall) => boolean;
  readonly from?: string;
  readonly until?: string;
  /** A consent to this caller lifts the ban. Left out: none does. */
  readonly unlessConsented?: true;
}

const offers =
  (...sectors: readonly string[]) =>
  ({ sector }: PlainCall) =>
    sectors.includes(sector);

export const industryLaws: readonly IndustryLaw[] = [
  {
    place: "ES",
    words: "Reglamento of RD 88/2026 art. 13(y): persona física; four months after 2026-02-12",
    forbids: (call) => offers("electricity")(call) && !call.isCorporate,
    from: "2026-06-12",
  },
  {
    place: "FR",
    words: "Code du travail L. 6323-8-1: comptes personnels de formation",
    forbids: offers("cpf_training"),
    from: "2022-12-21",
  },
  {
    place: "FR",
    words: "C. conso L. 223-1, of 2020: energy-saving work on homes",
    forbids: offers("energy_renovation"),
    until: "2025-07-01",
  },
  {
    place: "FR",
    words: "C. conso L. 223-1, of 2025: the same, and work that adapts homes to age or disability",
    forbids: offers("energy_renovation", "home_adaptation"),
    from: "2025-07-02",
  },
  {
    place: "GB",
    words: "PECR reg. 21A: claims management, without consent to calls by this person",
    forbids: offers("claims_management"),
    unlessConsented: true,
  },
  {
    place: "GB",
    words: "PECR reg. 21B: pensions, unless authorised; nobody is known to be",
    forbids: offers("pensions"),
  },
  {
    place: "IT",
    words: "Codice del consumo art. 51(8-bis): at the consumer's request, or a specific consent",
    forbids: offers("electricity", "gas"),
    from: "2026-06-19",
    unlessConsented: true,
  },
];
