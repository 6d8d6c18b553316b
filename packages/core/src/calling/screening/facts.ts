import type { CalledParty, LineType } from "../../people/phone/index.ts";
import type { ConsentEvent } from "../../consents/consent/index.ts";
import type { SellerId } from "../../platform/ids.ts";
import type {
  DutyConfirmation,
  DutySettings,
  HoursPolicy,
  JurisdictionId,
  RuleBook,
  RuleId,
  Whereabouts,
} from "../../people/jurisdiction/index.ts";
import type { CallPreferences } from "../../do-not-call/call-preference/index.ts";
import type { OptOut } from "../../do-not-call/opt-out/index.ts";
import type { PurposeKey, PurposeKind } from "../../account/purpose/index.ts";
import type { ConsentPolicy, Sector } from "../../account/seller/index.ts";
import type { Suppression } from "../../do-not-call/suppression/index.ts";
import { type OwnPolicy, addOwnRules } from "../policy/index.ts";
import type { ReassignedAnswer } from "./reassigned.ts";
import type { Dialer } from "../../account/organization/index.ts";

/**
 * All facts that a verdict may depend on, about one call of one organization. An unknown fact is empty or null, and
 * refuses the call if a check needs it. They must not be changed once they are made: `prepareFacts` caches by the
 * object.
 */
export type ScreeningFacts = Whereabouts & {
  /** Time for which the call is judged. */
  at: Date;
  /** True if `at` is not the present. Opt-outs that were made and recorded later then do not count (contract 3). */
  isWhatIf: boolean;
  /** The law that judges the call. */
  law: RuleBook;
  /**
   * The law before changes that the organization has not accepted yet, with the places of the call as it knows
   * them; null if there are none. It judges too, and what either law refuses is refused.
   */
  keptLaw: LawAndPlaces | null;
  /**
   * The law with the rules of the policies that apply to the seller's calls; null if there are none. It judges beside
   * the law, so a policy can refuse a call and never allow one.
   */
  ownLaw: OwnLawAndPlaces | null;
  /** Hash that names `law` and `keptLaw`. The policies of `ownLaw` have hashes of their own. */
  ruleSet: string;
  /** Line type from a look-up, else from the numbering plan. Does not include later porting. */
  lineType: LineType;
  /** Time of the look-up; null if the line type is from the numbering plan or unknown. */
  lineTypeAt: Date | null;
  calledParty: CalledParty;
  /** Jurisdictions with an emergency that an officer had declared, and not ended, at `at`. */
  emergencies: readonly JurisdictionId[];
  /** Days without calls that an officer had added, and not ended, by `at`. ISO dates of the person's calendar. */
  closedDays: readonly ClosedDay[];
  dialer: Dialer;
  /** True if a campaign is named, whoever manages it. A live agent's call then counts as one of many (`call_mode`). */
  isCampaign: boolean;
  /**
   * The campaign that the call names; null if it names none or one that is not managed here, such as a dialer's own,
   * and in every what-if, because only the present state of a campaign is known.
   */
  campaign: CampaignFact | null;
  purpose: { key: PurposeKey; kind: PurposeKind };
  seller: { id: SellerId; sector: Sector; consentPolicy: ConsentPolicy };
  /** Consents of this phone only. */
  consents: readonly ConsentEvent[];
  /** Opt-outs of the person, on all of their phones. */
  optOuts: readonly OptOut[];
  /** Suppressions of all phones of the person. */
  suppressions: readonly Suppression[];
  /** Call preferences of the person, for each of their phones. They can only refuse calls. */
  preferences: readonly CallPreferences[];
  /**
   * Times of the recorded calls to all phones of the person, of every seller and campaign, as far back as a cap may
   * look.
   */
  calls: readonly Date[];
  /** Permits for the person's phones that count like calls. Does not include the permit of this call. */
  permits: readonly PermitFact[];
  /** Every registry that the organization has connected. */
  registries: readonly RegistryFact[];
  /** Registries that it has disconnected, and since when. Rules that name one still require it. */
  disconnected: readonly { registry: string; at: Date }[];
  /**
   * The earliest of the last purchases of the contacts who share the phone; null if one of them bought nothing, or if
   * the organization has several sellers, because a purchase does not say from which it was.
   */
  purchasedAt: Date | null;
  /** Answers of reassigned numbers databases about this phone. */
  reassigned: readonly ReassignedAnswer[];
  policy: {
    /** Calling hours where the law sets none (`policy.hours`). */
    hours: HoursPolicy;
    /** True if the organization chose these hours. They then apply in addition to the law. */
    choseHours: boolean;
    /** Unverified rules (mark C) that an officer has set to warn. */
    warnOnly: ReadonlySet<RuleId>;
    /** Unread registries whose warning an officer has silenced, with a reason. Never lifts a refusal. */
    silenced: ReadonlySet<string>;
  };
};

/** Days without calls, from `first` to `last` inclusive. */
export type ClosedDay = {
  jurisdiction: JurisdictionId;
  /** The only region (`ES-CT`) of the jurisdiction that is closed; null if all of it is. */
  region: string | null;
  first: string;
  last: string;
};

/** The facts that depend on a law: the law itself, and the places of the call as it knows them. */
export type LawAndPlaces = Pick<Whereabouts, "jurisdictions" | "states"> & { law: RuleBook };

/** A law with the rules of an organization's policies added. */
export type OwnLawAndPlaces = LawAndPlaces & { policies: readonly OwnPolicy[] };

/**
 * Adds the rules of policies to the law of a call; null without policies. The caller selects those that apply to the
 * seller (`selectPolicies`).
 */
export const addPolicies = (
  { law, jurisdictions, states }: LawAndPlaces,
  policies: readonly OwnPolicy[],
): OwnLawAndPlaces | null =>
  policies.length === 0
    ? null
    : { law: addOwnRules(law, policies), jurisdictions, states, policies };

/** Returns the facts as another law sees them. */
const viewUnder = (
  facts: ScreeningFacts,
  { law, jurisdictions, states }: LawAndPlaces,
): ScreeningFacts => ({ ...facts, law, jurisdictions, states, keptLaw: null, ownLaw: null });

/** Lists the facts under each other law that judges beside the present one: former law, and the organization's own. */
export const listOtherViews = (facts: ScreeningFacts): readonly ScreeningFacts[] =>
  facts.keptLaw === null && facts.ownLaw === null
    ? noViews
    : [facts.keptLaw, facts.ownLaw].flatMap((law) => (law === null ? [] : viewUnder(facts, law)));

const noViews: readonly ScreeningFacts[] = [];

/** Lists the facts under each law that judges the call, the present law (the facts as they are) first. */
export const listViews = (facts: ScreeningFacts): readonly ScreeningFacts[] => [
  facts,
  ...listOtherViews(facts),
];

/**
 * Returns the facts under the present law with the organization's own rules, which is never looser than the law alone;
 * without own rules, the facts as they are.
 */
export const viewUnderOwnLaw = (facts: ScreeningFacts): ScreeningFacts =>
  facts.ownLaw === null ? facts : viewUnder(facts, facts.ownLaw);

/** A permit whose call is not on record yet. */
export type PermitFact = {
  /** Time at which it was given, or verified. */
  at: Date;
  /** Time at which it ends; null once it was verified, because then the call was placed. */
  until: Date | null;
};

/** A campaign as it stands at this instant. */
export type CampaignFact = {
  key: string;
  /** True while its calls may be placed: it was started, and is neither paused nor finished. */
  isRunning: boolean;
  /** Its own hours, within those of the law and of the organization. */
  hours: HoursPolicy;
  /** At most so many calls to a person in so many days, whoever placed them. */
  cap: { calls: number; days: number };
  sellerId: SellerId;
  /** Settings that its duties are about: caller ID, label, dialer and scripts. */
  settings: DutySettings;
  /** Duties that were confirmed for its seller, or for it alone. */
  confirmedDuties: readonly DutyConfirmation[];
};

/** A connected registry, and what it says about the phone. */
export type RegistryFact = {
  /** The rules' name for the registry (`US-FTC-DNC`), or the organization's own key. */
  registry: string;
  /** The organization's own limit, for a registry that no rule names. */
  maxAgeDays: number;
  /** Null if nothing was read yet, or if it says nothing about the phone. */
  edition: RegistryEditionFact | null;
  /** The registry only answers questions about single numbers, and has no valid answer for this one. */
  isUnasked?: true;
  /** The registry was read, but not for the area code of this number. */
  isOutside?: true;
};

/** The edition of a registry that counts for the call, and whether it lists the phone. */
export type RegistryEditionFact = {
  number: number;
  /** Time at which its source was last read completely and verified. */
  verifiedAt: Date;
  listsPhone: boolean;
  /**
   * Time at which the edition that last added the phone was read, if known. For ported numbers, that of the edition
   * before it: the port is no earlier.
   */
  listedSince: Date | null;
};
