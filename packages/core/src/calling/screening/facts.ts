import type { CalledParty, LineType } from "../../people/phone/index.ts";
import type { ConsentEvent } from "../../consents/consent/index.ts";
import type { SellerId } from "../../platform/ids.ts";
import type { HoursPolicy, JurisdictionId, RuleId } from "../../people/jurisdiction/index.ts";
import type { OptOut } from "../../do-not-call/opt-out/index.ts";
import type { PurposeKey, PurposeKind } from "../../account/purpose/index.ts";
import type { ConsentPolicy, Sector } from "../../account/seller/index.ts";
import type { Suppression } from "../../do-not-call/suppression/index.ts";
import type { ReassignedAnswer } from "./reassigned.ts";
import type { Dialer } from "../../account/organization/index.ts";

/** All that a verdict may depend on. What is not known is empty or null, and refuses. */
export type ScreeningFacts = {
  /** The instant that is judged. */
  at: Date;
  /** Whether that is not now: refusals that were made since then do not count (contract 3). */
  isWhatIf: boolean;
  /** Of the number and of the address; empty where no rules are known. */
  jurisdictions: readonly JurisdictionId[];
  /** ISO 3166-2 suffixes (`TX`, `RJ`) of the address, else of the number. */
  states: readonly string[];
  /** IANA names of the zones in which the person may be. */
  zones: readonly string[];
  /** By a look-up, else by the plan: without what was ported since. */
  lineType: LineType;
  /** When it was looked up; null where the plan says it, or nobody knows. */
  lineTypeAt: Date | null;
  calledParty: CalledParty;
  /** Jurisdictions in which an officer has declared an emergency at this instant. */
  emergencies: readonly JurisdictionId[];
  /** Days without calls that an officer added before this instant, as ISO dates of the person's calendar. */
  closedDays: readonly { jurisdiction: JurisdictionId; first: string; last: string }[];
  dialer: Dialer;
  /** Whether a campaign is named, which makes a live call one of many. */
  isCampaign: boolean;
  /** What an officer approved of that campaign; null where it is none of ours, as a dialer's own. */
  campaign: CampaignFact | null;
  purpose: { key: PurposeKey; kind: PurposeKind };
  seller: { id: SellerId; sector: Sector; consentPolicy: ConsentPolicy };
  /** Of this phone alone. */
  consents: readonly ConsentEvent[];
  /** Of the person, over all their phones; so are the next two. */
  optOuts: readonly OptOut[];
  suppressions: readonly Suppression[];
  calls: readonly Date[];
  /** Permits for the person's phones that count like calls. Does not include the permit of this call. */
  permits: readonly PermitFact[];
  /** Every registry that the organization has connected. */
  registries: readonly RegistryFact[];
  /** Registries that it has disconnected, and since when. Rules that name one still require it. */
  disconnected: readonly { registry: string; at: Date }[];
  /** Of databases of reassigned numbers, about this phone. */
  reassigned: readonly ReassignedAnswer[];
  policy: {
    /** `policy.hours`, where the law sets none. */
    hours: HoursPolicy;
    /** Whether the organization chose them: then they are kept beside the law, too. */
    choseHours: boolean;
    /** Rules of mark C that an officer has set to warn. */
    warnOnly: ReadonlySet<RuleId>;
    /** Unread registries whose warning an officer has silenced, with a reason. Never lifts a refusal. */
    silenced: ReadonlySet<string>;
  };
};

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
  /** Whether its calls may be placed: not before it is handed over, nor while it is paused, nor after. */
  isRunning: boolean;
  /** Its own hours, within those of the law and of the organization. */
  hours: HoursPolicy;
  /** At most so many calls to a person in so many days, whoever placed them. */
  cap: { calls: number; days: number };
};

export type RegistryFact = {
  /** As the rules name it (`US-FTC-DNC`), or the organization's own key. */
  registry: string;
  /** The organization's own limit, for a registry that no rule names. */
  maxAgeDays: number;
  /** Null before the first, and where it says nothing of the phone. */
  edition: RegistryEditionFact | null;
  /** It is read, but answers only about numbers that it is asked about, and of this one has said nothing that counts. */
  isUnasked?: true;
  /** It was read, but not for the area code of this number. */
  isOutside?: true;
};

export type RegistryEditionFact = {
  number: number;
  /** When its source was last read and verified whole. */
  verifiedAt: Date;
  listsPhone: boolean;
  /** When the edition that first listed the phone was read, where that is known; of a port, the one before. */
  listedSince: Date | null;
};
