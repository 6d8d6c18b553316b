import fc from "fast-check";
import { aGrant, clearFacts } from "./facts.ts";
import { Dialer } from "../src/account/organization/index.ts";
import { PurposeKind } from "../src/account/purpose/index.ts";
import { Sector } from "../src/account/seller/index.ts";
import { Element } from "../src/consents/consent/index.ts";
import { bundledRuleBook, listWithParents } from "../src/people/jurisdiction/index.ts";
import { Channel, listRegionZones } from "../src/people/phone/index.ts";
import { DAY_MS } from "../src/platform/time/index.ts";
import type { RegistryFact, ScreeningFacts } from "../src/calling/screening/facts.ts";
import type {
  ListCopy,
  Person,
  ReassignedReply,
} from "../src/calling/screening/second-opinion/listed-numbers.ts";

/*
 * Random calls, each as the second opinion sees it and as the facts of the screening.
 */

/** Places of calls. The European Union is only where other places lie. */
const places = [...bundledRuleBook.jurisdictions.keys()].filter((place) => place !== "EU");

/** States whose addresses matter in a country, and one that matters nowhere. */
const listStates = (place: string) => [
  "XX",
  ...new Set(
    bundledRuleBook.rules
      .filter(({ jurisdiction }) => jurisdiction === place)
      .flatMap(({ when }) => when.state ?? []),
  ),
];

/** Instants that are in 2025 to 2027 at every clock; often a full or half hour, or a millisecond before it. */
const anInstant = fc
  .tuple(
    fc.integer({ min: Date.UTC(2025, 0, 2), max: Date.UTC(2027, 11, 30) }),
    fc.constantFrom(1, DAY_MS / 1440, DAY_MS / 48),
    fc.constantFrom(0, -1),
  )
  .map(([at, step, shift]) => new Date(Math.floor(at / step) * step + shift));

const aPlace = fc.constantFrom(...places);

const somePlaces = fc.oneof(
  { weight: 4, arbitrary: aPlace.map((place) => [place]) },
  { weight: 1, arbitrary: fc.uniqueArray(aPlace, { minLength: 2, maxLength: 3 }) },
);

/** Lists that laws of these places name. */
const listsIn = (places: readonly string[]) => [
  ...new Set(
    bundledRuleBook.rules.flatMap((rule) =>
      rule.type === "registry_scrub" &&
      listWithParents(bundledRuleBook, places).includes(rule.jurisdiction)
        ? rule.value.registry
        : [],
    ),
  ),
];

/** A copy of a list, or none. Its age is often at the edge of a day. */
const aCopy = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom("not connected" as const, "no answer" as const) },
  {
    weight: 4,
    arbitrary: fc.record({
      daysAgo: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 120 })),
      moreMs: fc.constantFrom(0, 1, DAY_MS / 2),
      names: fc.boolean(),
      listedDaysAgo: fc.option(fc.integer({ min: 0, max: 1000 })),
      ownLimitDays: fc.constantFrom(7, 30, 90),
    }),
  },
);

export const aCall = somePlaces.chain((places) =>
  fc.record({
    scene: fc.record({
      places: fc.constant(places),
      zones: fc.uniqueArray(fc.constantFrom(...places.flatMap((one) => listRegionZones(one))), {
        minLength: 1,
        maxLength: 2,
      }),
      at: anInstant,
    }),
    call: fc.record({
      region: fc.option(fc.constantFrom(...places.flatMap(listStates))),
      dialer: fc.constantFrom(...Dialer.options),
      purpose: fc.constantFrom(...PurposeKind.options),
      isMobile: fc.boolean(),
      isEmergency: fc.boolean(),
      isCorporate: fc.boolean(),
      sector: fc.constantFrom(...Sector.options),
    }),
    consent: fc.option(
      fc.record({ isWritten: fc.boolean(), daysAgo: fc.integer({ min: 1, max: 1000 }) }),
    ),
    /** Earlier calls, and some that are yet to come. */
    minutesAgo: fc.array(fc.integer({ min: -60, max: 33 * 24 * 60 }), { maxLength: 10 }),
    copies: fc.tuple(...listsIn(places).map((list) => fc.tuple(fc.constant(list), aCopy))),
    boughtDaysAgo: fc.option(fc.integer({ min: 1, max: 700 })),
    reply: fc.option(
      fc.record({
        says: fc.constantFrom("yes" as const, "no" as const, "no data" as const),
        askedDaysAgo: fc.integer({ min: 0, max: 60 }),
        aboutDaysAgo: fc.integer({ min: 0, max: 1000 }),
      }),
    ),
  }),
);

export type Call = typeof aCall extends fc.Arbitrary<infer T> ? T : never;

export const before = (at: Date, ms: number) => new Date(at.getTime() - ms);

/** Half a day keeps one event from being at the very instant of another. */
const halfDaysBefore = (at: Date, days: number) => before(at, (days + 0.5) * DAY_MS);

export const toPerson = ({ scene, consent, boughtDaysAgo }: Call): Person => ({
  consent: consent && {
    at: before(scene.at, consent.daysAgo * DAY_MS),
    isWritten: consent.isWritten,
  },
  boughtAt: boughtDaysAgo === null ? null : halfDaysBefore(scene.at, boughtDaysAgo),
});

export const toReply = ({ scene, reply }: Call): ReassignedReply | null =>
  reply && {
    says: reply.says,
    asked: halfDaysBefore(scene.at, reply.askedDaysAgo),
    about: halfDaysBefore(scene.at, reply.aboutDaysAgo),
  };

export const toCopies = ({ scene, copies }: Call): Map<string, ListCopy> =>
  new Map(
    copies.map(([list, copy]) => [
      list,
      typeof copy === "string"
        ? copy
        : {
            at: before(scene.at, copy.daysAgo * DAY_MS + copy.moreMs),
            names: copy.names,
            since:
              copy.listedDaysAgo === null ? null : halfDaysBefore(scene.at, copy.listedDaysAgo),
            ownLimitDays: copy.ownLimitDays,
          },
    ]),
  );

const toRegistryFacts = (given: Call): RegistryFact[] =>
  [...toCopies(given)].flatMap(([registry, copy]) => {
    if (copy === "not connected") return [];
    if (copy === "no answer") return { registry, maxAgeDays: 30, edition: null, isUnasked: true };
    const { at, names, since, ownLimitDays } = copy;
    return {
      registry,
      maxAgeDays: ownLimitDays,
      edition: {
        number: 1,
        verifiedAt: at,
        listsPhone: names,
        listedSince: names ? since : null,
      },
    };
  });

export const listCalls = ({ scene, minutesAgo }: Call) =>
  minutesAgo.map((minutes) => before(scene.at, minutes * 60_000));

export const toFacts = ({ scene, call, consent, ...others }: Call): ScreeningFacts => ({
  ...clearFacts,
  at: scene.at,
  zones: scene.zones,
  jurisdictions: scene.places,
  isWhatIf: true,
  states: call.region === null ? [] : [call.region],
  lineType: call.isMobile ? "wireless" : "landline",
  lineTypeAt: before(scene.at, DAY_MS),
  calledParty: call.isCorporate ? "corporate" : "individual",
  dialer: call.dialer,
  purpose: { key: "marketing", kind: call.purpose },
  seller: { ...clearFacts.seller, sector: call.sector, consentPolicy: "opt_out_with_registry" },
  emergencies: call.isEmergency ? scene.places : [],
  registries: toRegistryFacts({ scene, call, consent, ...others }),
  purchasedAt: toPerson({ scene, call, consent, ...others }).boughtAt,
  reassigned: toAnswers({ scene, call, consent, ...others }),
  consents: consent === null ? [] : [toGrant(before(scene.at, consent.daysAgo * DAY_MS), consent)],
  calls: listCalls({ scene, call, consent, ...others }),
  policy: { ...clearFacts.policy, hours: aroundTheClock },
});

function toAnswers(given: Call): ScreeningFacts["reassigned"] {
  const reply = toReply(given);
  if (reply === null) return [];
  const { says, asked, about } = reply;
  const answer = says === "no data" ? "no_data" : says;
  return [{ answer, askedAt: asked, at: asked, consentDate: about }];
}

const toGrant = (at: Date, { isWritten }: { isWritten: boolean }) =>
  aGrant({
    at,
    isWritten,
    channels: [...Channel.options],
    elements: Element.options.filter((element) => element !== "enquiry"),
  });

const aroundTheClock: ScreeningFacts["policy"]["hours"] = {
  windows: [{ days: ["MO", "TU", "WE", "TH", "FR", "SA", "SU"], from: "00:00", to: "24:00" }],
  holidaysClosed: false,
};
