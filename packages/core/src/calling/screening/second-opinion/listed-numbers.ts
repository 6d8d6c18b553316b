import { addMonths } from "./days.ts";
import { type PlainCall, playsMessage, sells } from "./law.ts";
import {
  type Scene,
  appliesInAny,
  findNeededConsent,
  hasConsentEnded,
  isInForceAtAny,
} from "./second-opinion.ts";

/*
 * A second opinion on do-not-call lists and on reassigned numbers: which list a law names, how old its copy may be, and
 * which consent outweighs what it says. Written from the words, notes and doubts of the laws. Only tests use it:
 * second-opinion.ts says why it exists.
 */

/** A law by which a list is asked before a call. */
interface ListLaw {
  readonly place: string;
  readonly words: string;
  readonly list: string;
  readonly binds?: (call: PlainCall, customer: Customer) => boolean;
  readonly from?: string;
  readonly until?: string;
  /** Age of a copy in days, `at the call`, or nothing where the law does not say: then the caller's own limit. */
  readonly newerThan?: number | "at the call";
  /** The consent that allows a call although the list forbids it. Left out: no consent does. */
  readonly except?: "consent" | "written consent" | "later consent" | "written consent of a year";
  /** The list names who may be called, instead of who may not. */
  readonly namesWhoMay?: true;
  readonly onlyWarns?: true;
}

/** True if the person bought something from the seller within so many months before the call. */
type Customer = (months: number) => boolean;

const finances = new Set(["banking", "insurance", "financial_other"]);

/** True in the state, and if the address is unknown: then the laws of all states apply. */
const inState = (state: string) => (call: PlainCall) =>
  call.region === null || call.region === state;

/** The fewest days that one month and three months can have, so that no copy is older than the law allows. */
const MONTH = 28;
const QUARTER = 89;

const stateList = (state: string, words: string, newerThan: number): ListLaw => ({
  place: `US-${state}`,
  words,
  list: `US-${state}-DNC`,
  newerThan,
  except: "written consent",
});

const listLaws: readonly ListLaw[] = [
  { place: "AE", words: "Cabinet Resolution 56 of 2024", list: "AE-DNCR", from: "2024-08-27" },
  {
    place: "AR",
    words: "Ley 26.951 arts. 7, 8: consultar ... con una periodicidad de treinta (30) días",
    list: "AR-NOLLAME",
    newerThan: 30,
    except: "consent",
  },
  {
    place: "AU",
    words: "DNCR Act 2006 s. 11(3), 19",
    list: "AU-DNCR",
    newerThan: 30,
    except: "consent",
  },
  { place: "BE", words: "WER art. VI.111-114: before every campaign", list: "BE-DNCM" },
  {
    place: "BR",
    words: "Anatel, Não Me Perturbe: telecoms, banks and lenders",
    list: "BR-NMP",
    binds: (call) => sells(call) && ["telecom", "banking", "financial_other"].includes(call.sector),
    newerThan: 30,
  },
  {
    place: "BR",
    words: "Não Me Perturbe: a seller whose industry was recorded as 'other' may be one of them",
    list: "BR-NMP",
    binds: (call) => sells(call) && call.sector === "other",
    newerThan: 30,
    onlyWarns: true,
  },
  {
    place: "BR",
    words: "SP Lei 13.226/2008: autorizadas por escrito",
    list: "BR-SP-NML",
    binds: inState("SP"),
    except: "written consent",
  },
  {
    place: "BR",
    words: "MS Lei 3.641/2009: ligações não autorizadas",
    list: "BR-MS-BLOQ",
    binds: inState("MS"),
    except: "consent",
  },
  {
    place: "BR",
    words: "PR Lei 16.135/2009: authorized before; in writing, because the form was not read",
    list: "BR-PR-CBRLT",
    binds: inState("PR"),
    except: "written consent",
  },
  {
    place: "BR",
    words: "RJ Lei 4.896/2006: the words name no exception",
    list: "BR-RJ-PRIV",
    binds: inState("RJ"),
  },
  {
    place: "CA",
    words: "UTR Part II s. 12",
    list: "CA-DNCL",
    newerThan: 31,
    except: "consent",
  },
  {
    place: "CH",
    words: "UWG art. 3(1)(u): who is in the directory without an asterisk; others by consent",
    list: "CH-DIRECTORY",
    binds: sells,
    except: "consent",
    namesWhoMay: true,
  },
  { place: "CO", words: "Ley 2300: números excluidos", list: "CO-RNE", from: "2024-04-10" },
  {
    place: "ES",
    words: "LO 3/2018 art. 23.4: consent to this company",
    list: "ES-ROBINSON",
    newerThan: MONTH,
    except: "consent",
  },
  {
    place: "FR",
    words: "C. conso L.223-1, Bloctel, closed on 2026-08-11",
    list: "FR-BLOCTEL",
    until: "2026-08-10",
    newerThan: 30,
  },
  {
    place: "GB",
    words: "PECR reg. 21(1)(b), (3)",
    list: "GB-TPS",
    newerThan: 28,
    except: "consent",
  },
  {
    place: "GB",
    words: "PECR reg. 21(1)(b), (3), for every number",
    list: "GB-CTPS",
    newerThan: 28,
    except: "consent",
  },
  {
    place: "HK",
    words: "Cap. 593: the register of pre-recorded messages",
    list: "HK-DNC",
    binds: playsMessage,
    newerThan: 10,
    except: "consent",
  },
  {
    place: "IE",
    words: "S.I. 336/2011 reg. 13-14: up to 28 days",
    list: "IE-NDD",
    newerThan: 28,
    except: "consent",
  },
  {
    place: "IL",
    words: "Consumer Protection Law s. 16B: within 15 days; written consent of the last year",
    list: "IL-DNC",
    binds: ({ sector }) => !finances.has(sector),
    newerThan: 15,
    except: "written consent of a year",
  },
  {
    place: "IN",
    words: "TCCCPR 2018: scrubbed as the call is made",
    list: "IN-NCPR-DLT",
    newerThan: "at the call",
    except: "written consent",
  },
  {
    place: "IT",
    words: "DPR 26/2022: fifteen days; a consent after the entry",
    list: "IT-RPO",
    newerThan: 15,
    except: "later consent",
  },
  {
    place: "KR",
    words: "Door-to-Door Sales Act art. 42: at least once a month",
    list: "KR-DNC",
    newerThan: MONTH,
    except: "consent",
  },
  {
    place: "MX",
    words: "LFPC art. 18, every industry but finance, insurance and pensions",
    list: "MX-REPEP",
    binds: ({ sector }) => !finances.has(sector) && sector !== "pensions",
    newerThan: 30,
    except: "consent",
  },
  {
    place: "MX",
    words: "Condusef: finance, insurance and pensions; no exception was read",
    list: "MX-REUS",
    binds: (call) => sells(call) && (finances.has(call.sector) || call.sector === "pensions"),
  },
  {
    place: "NZ",
    words: "Marketing Association, voluntary",
    list: "NZ-MA-DNC",
    except: "consent",
    onlyWarns: true,
  },
  {
    place: "PT",
    words: "Lei 41/2004 art. 13-B(2): companies that refuse",
    list: "PT-DGC",
    binds: ({ isCorporate }) => isCorporate,
    newerThan: MONTH,
  },
  { place: "SE", words: "NIX, by 21 §: an objection", list: "SE-NIX", except: "consent" },
  {
    place: "SG",
    words: "PDPA s. 43: 21 days; consent in evidential form",
    list: "SG-DNC-VOICE",
    newerThan: 21,
    except: "written consent",
  },
  {
    place: "TR",
    words: "Regulation art. 5(3): an approval that is not in the İYS does not help",
    list: "TR-IYS",
    binds: sells,
    namesWhoMay: true,
  },
  {
    place: "ZA",
    words: "CPA s. 11(3): the registry may not work yet",
    list: "ZA-OPTOUT",
    except: "consent",
    onlyWarns: true,
  },
  {
    place: "US",
    words: "47 CFR 64.1200(c)(2)(i)(D): 31 days; customers of 18 months are outside",
    list: "US-FTC-DNC",
    binds: (_, isCustomer) => !isCustomer(18),
    newerThan: 31,
    except: "written consent",
  },
  {
    place: "US-NJ",
    words: "N.J.S.A. 56:8-128(a): issued less than three months prior",
    list: "US-FTC-DNC",
    newerThan: QUARTER,
    except: "written consent",
  },
  {
    place: "US-WY",
    words: "W.S. 40-12-303(b)(ii)-(iii): selected by a machine; no consent is named",
    list: "US-FTC-DNC",
    binds: (call, isCustomer) => call.dialer === "predictive" && sells(call) && !isCustomer(18),
    newerThan: 31,
  },
  {
    place: "US-WY",
    words: "W.S. 40-12-302: the Telephone Preference Service",
    list: "US-WY-DNC",
    except: "written consent",
  },
  stateList("CO", "C.R.S. 6-1-904: a month never breaks the quarter's thirtieth day", MONTH),
  stateList("FL", "Fla. Stat. 501.059(4): quarterly", QUARTER),
  stateList("IN", "IC 24-4.7-3-1: quarterly", QUARTER),
  stateList("LA", "La. R.S. 45:844.14: monthly", MONTH),
  stateList("MA", "201 CMR 12.02-12.05: quarterly", QUARTER),
  stateList("MO", "RSMo 407.1098: quarterly", QUARTER),
  stateList("OK", "15 O.S. 775B.3: quarterly", QUARTER),
  {
    ...stateList("PA", "73 P.S. 2245.2(a): quarterly; customers of 12 months", QUARTER),
    binds: (_, isCustomer) => !isCustomer(12),
  },
  {
    ...stateList("TN", "T.C.A. 65-4-405(a): express invitation or permission", QUARTER),
    except: "consent",
  },
  stateList("TX", "Tex. Bus. & Com. Code 304: 60 days", 60),
];

/** Lists that are no more than a warning while nobody has connected them. */
const unreadIsAWarning = new Set(["ES-ROBINSON", "NZ-MA-DNC", "ZA-OPTOUT"]);

/** A list as the caller has it: not connected, without an answer, or a copy. */
export type ListCopy = "not connected" | "no answer" | DatedCopy;

interface DatedCopy {
  readonly at: Date;
  readonly names: boolean;
  /** First day on which the number was seen on the list; null if unknown. */
  readonly since: Date | null;
  readonly ownLimitDays: number;
}

export interface Person {
  readonly consent: { readonly at: Date; readonly isWritten: boolean } | null;
  readonly boughtAt: Date | null;
}

export type ListOpinion = `${"refuse" | "warn"} ${"listed" | "unchecked"}`;

/** Says of each list that a law names what it makes of a call. Lists that let it pass are left out. */
export function judgeLists(
  scene: Scene,
  call: PlainCall,
  { consent, boughtAt }: Person,
  copies: ReadonlyMap<string, ListCopy>,
): Map<string, Set<ListOpinion>> {
  const isCustomer: Customer = (months) =>
    boughtAt !== null && addMonths(boughtAt, months) > scene.at;
  const valid = consent !== null && isValidConsent(scene, call, consent) ? consent : null;
  const binding = listLaws
    .filter(appliesInAny(scene.places))
    .filter(isInForceAtAny(scene))
    .filter(({ binds }) => binds?.(call, isCustomer) ?? true);
  const opinions = new Map<string, Set<ListOpinion>>();
  for (const [list, laws] of Map.groupBy(binding, (law) => law.list)) {
    const copy = copies.get(list) ?? "not connected";
    // A copy that is too old for one law is not used for another: the call is refused all the same.
    const usable =
      typeof copy !== "string" && laws.every((law) => isFresh(law, scene.at, copy)) ? copy : null;
    const isConnected = copy !== "not connected";
    const all = laws.map((law) => judgeByLaw(law, scene.at, { usable, isConnected }, valid));
    const said = new Set(all.filter((opinion) => opinion !== null));
    if (said.size > 0) opinions.set(list, said);
  }
  return opinions;
}

/** True if the laws of all places accept the consent for this call. */
export function isValidConsent(
  scene: Scene,
  call: PlainCall,
  consent: NonNullable<Person["consent"]>,
): boolean {
  if (hasConsentEnded(scene, call, consent.at)) return false;
  return findNeededConsent(scene, call) !== "written" || consent.isWritten;
}

function judgeByLaw(
  law: ListLaw,
  at: Date,
  { usable, isConnected }: { usable: DatedCopy | null; isConnected: boolean },
  consent: Person["consent"],
): ListOpinion | null {
  if (usable !== null) {
    const isForbidden = usable.names !== (law.namesWhoMay ?? false);
    if (!isForbidden || isExcepted(law, at, consent, usable.since)) return null;
    return law.onlyWarns ? "warn listed" : "refuse listed";
  }
  // Without a usable copy, nobody knows whether and since when the number is listed.
  const isHarmless =
    law.onlyWarns === true ||
    isExcepted(law, at, consent, null) ||
    (!isConnected && unreadIsAWarning.has(law.list));
  return isHarmless ? "warn unchecked" : "refuse unchecked";
}

function isFresh({ newerThan }: ListLaw, at: Date, copy: DatedCopy): boolean {
  const age = at.getTime() - copy.at.getTime();
  if (newerThan === "at the call") return age <= 0;
  return age <= (newerThan ?? copy.ownLimitDays) * 86_400_000;
}

function isExcepted(
  { except }: ListLaw,
  at: Date,
  consent: Person["consent"],
  since: Date | null,
): boolean {
  if (consent === null || except === undefined) return false;
  switch (except) {
    case "consent":
      return true;
    case "written consent":
      return consent.isWritten;
    case "written consent of a year":
      return consent.isWritten && addMonths(consent.at, 12) >= at;
    case "later consent":
      return since !== null && consent.at > since;
  }
}

/** An answer of the database of reassigned numbers: was the number given up since a day? */
export interface ReassignedReply {
  readonly says: "yes" | "no" | "no data";
  readonly asked: Date;
  readonly about: Date;
}

/**
 * Says what the database of reassigned numbers makes of a call. 47 CFR 64.1200(m) gives a safe harbor to those who
 * asked its most recent version and were told "no"; without it a call by machine is not forbidden. 10 M.R.S.
 * 1499-B(6) forbids sales calls that were not checked. A number that was given up is somebody else's: it may be called
 * once a later consent shows who has it now (decision 56).
 */
export function judgeReassigned(
  scene: Scene,
  call: PlainCall,
  { consent }: Person,
  reply: ReassignedReply | null,
): "refuse" | "warn" | "none" {
  const isLost = reply?.says === "yes" && !(consent !== null && consent.at > reply.asked);
  if (isLost) return "refuse";
  const isMostRecent =
    reply !== null && scene.at.getTime() - reply.asked.getTime() <= 31 * 86_400_000;
  const consentAt =
    consent === null || hasConsentEnded(scene, call, consent.at) ? null : consent.at;
  const isCleared =
    reply?.says === "no" && isMostRecent && (consentAt === null || consentAt >= reply.about);
  const forbids = scene.places.includes("US-ME") && sells(call);
  const offersHarbor = appliesInAny(scene.places)({ place: "US" }) && call.dialer !== "live_agent";
  if (isCleared || !(forbids || offersHarbor)) return "none";
  return forbids ? "refuse" : "warn";
}
