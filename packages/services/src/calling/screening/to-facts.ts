import type { ConsentEvent } from "@ringfence/core/consents/consent";
import {
  type Law,
  type RuleBook,
  defaultHours,
  findWhereabouts,
  listBooks,
} from "@ringfence/core/people/jurisdiction";
import { selectPolicies } from "@ringfence/core/calling/policy";
import { type Phone, type PhonePlan, lookUpPlan, toDigits } from "@ringfence/core/people/phone";
import { type OptOut, toScope } from "@ringfence/core/do-not-call/opt-out";
import { toArea, locateNumber } from "@ringfence/core/do-not-call/registry";
import {
  type RegistryEditionFact,
  type RegistryFact,
  type ScreeningFacts,
  addPolicies,
  listDatedRegistries,
} from "@ringfence/core/calling/screening";
import type { ResolvedCall, PermitTerms } from "./resolve-call.ts";
import type { ConsentRow, FactsRow, RegistrySettings, Settings } from "./facts-row.ts";

/**
 * Turns a row and the numbering plan into the facts on which a verdict rests. `row` must hold only facts that our code
 * wrote (`authenticateFacts`). A number that was erased (null) has no plan. With `call.at`, the facts are of a what-if.
 */
export function toScreeningFacts(
  phone: Phone | null,
  call: Omit<ResolvedCall, keyof PermitTerms>,
  row: FactsRow,
  settings: Settings,
): ScreeningFacts {
  const at = call.at ?? row.now;
  const digits = phone === null ? 0 : toDigits(phone);
  const plan = lookUpPlan(digits);
  const contacts = row.contacts ?? [];
  const { hash: ruleSet, book: law, keptBook } = settings.law;
  const whereabouts = findWhereabouts(law, plan, contacts);

  return {
    at,
    isWhatIf: call.at !== null,
    law,
    ruleSet,
    keptLaw: keptBook && { law: keptBook, ...findPlaces(keptBook, plan, contacts) },
    ownLaw: addPolicies({ law, ...whereabouts }, selectPolicies(settings.policies, call.seller.id)),
    ...whereabouts,
    lineType: row.lineType ?? plan.lineType,
    lineTypeAt: toDate(row.lineTypeAt),
    calledParty: findCalledParty(contacts),
    emergencies: settings.emergencies,
    closedDays: settings.closedDays ?? [],
    dialer: call.dialer,
    isCampaign: call.campaign !== null,
    campaign: row.campaign && {
      ...row.campaign,
      hours: { windows: [row.campaign.hours], holidaysClosed: false },
    },
    purpose: call.purpose,
    seller: call.seller,
    consents: (row.consents ?? []).map(toConsentEvent),
    optOuts: (row.optOuts ?? []).map(toOptOut),
    suppressions: (row.suppressions ?? []).map(({ reason, at, until }) => ({
      reason,
      at: new Date(at),
      until: toDate(until),
    })),
    preferences: row.preferences ?? [],
    calls: (row.calls ?? []).map((at) => new Date(at)),
    permits: (row.permits ?? []).map(({ at, until }) => ({
      at: new Date(at),
      until: toDate(until),
    })),
    registries: toRegistryFacts(digits, row, settings),
    disconnected: (settings.disconnected ?? []).map(({ registry, at }) => ({
      registry,
      at: new Date(at),
    })),
    // A purchase does not say from which seller it was.
    purchasedAt: settings.sellers?.length === 1 ? toDate(row.purchasedAt) : null,
    reassigned: (row.reassigned ?? []).map(({ answer, consentDate, askedAt, at }) => ({
      answer,
      consentDate: new Date(consentDate),
      askedAt: new Date(askedAt),
      at: new Date(at),
    })),
    policy: {
      hours: settings.hours ?? defaultHours,
      choseHours: settings.hours !== null,
      warnOnly: new Set(settings.warnOnly),
      silenced: new Set(settings.silenced),
    },
  };
}

const toDate = (at: number | null) => (at === null ? null : new Date(at));

/** Finds the places of a call as a law knows them. No law moves a clock, so the zones are the same for all. */
function findPlaces(law: RuleBook, plan: PhonePlan, contacts: NonNullable<FactsRow["contacts"]>) {
  const { jurisdictions, states } = findWhereabouts(law, plan, contacts);
  return { jurisdictions, states };
}

/**
 * Finds whose phone it is: an individual's or a company's. A phone without known owners, or whose owners are of
 * different kinds, counts as an individual's, because individuals are protected most.
 */
function findCalledParty(contacts: NonNullable<FactsRow["contacts"]>) {
  const parties = new Set(contacts.map(({ calledParty }) => calledParty));
  const [only] = parties;
  return parties.size === 1 && only !== undefined ? only : "individual";
}

export const toConsentEvent = ({
  at,
  validUntil,
  recordedAt,
  ...event
}: ConsentRow): ConsentEvent => ({
  ...event,
  at: new Date(at),
  validUntil: toDate(validUntil),
  recordedAt: new Date(recordedAt),
});

export const toOptOut = (row: NonNullable<FactsRow["optOuts"]>[number]): OptOut => ({
  ...toScope(row),
  at: new Date(row.at),
  recordedAt: new Date(row.recordedAt),
});

function toRegistryFacts(digits: number, row: FactsRow, settings: Settings): RegistryFact[] {
  return (settings.registries ?? []).map((registry) => {
    const { id, code, maxAgeDays } = registry;
    const judged = toEditionFact(registry, row, settings.law);
    const isOutside = judged !== null && !answersFor(registry, digits);
    const edition = isOutside ? null : judged;
    const isUnasked = row.unanswered?.includes(id) === true && registry.edition > 0;
    // A registry that is asked number by number lists all numbers but the free ones, so a number that was
    // never asked about is not really listed.
    const answer = isUnasked && edition?.listsPhone === true ? null : edition;
    return {
      registry: code,
      maxAgeDays,
      edition: answer,
      ...(isUnasked && { isUnasked }),
      ...(isOutside && { isOutside }),
    };
  });
}

/** True if a registry answers for the number: a subscription to some area codes says nothing about others. */
const answersFor = ({ areas }: RegistrySettings, digits: number) =>
  areas === null || areas.includes(toArea(locateNumber(digits).block));

function toEditionFact(
  registry: RegistrySettings,
  row: FactsRow,
  law: Law,
): RegistryEditionFact | null {
  const state = row.history === null ? toCurrentEdition(registry, row) : row.history[registry.id];
  if (state === undefined || state.verifiedAt === null) return null;
  return {
    number: state.edition,
    verifiedAt: new Date(state.verifiedAt),
    listsPhone: state.isListed,
    // A statement may read the day of listings that matter only to the law of another organization.
    listedSince: isDated(registry.code, law) ? toDate(state.listedSince) : null,
  };
}

const isDated = (code: string, law: Law) =>
  listBooks(law).some((book) => listDatedRegistries(book).includes(code));

function toCurrentEdition({ id, edition, verifiedAt }: RegistrySettings, { listedIn }: FactsRow) {
  const listedSince = listedIn?.[id];
  const isListed = listedSince !== undefined;
  return { edition, verifiedAt, isListed, listedSince: listedSince ?? null };
}
