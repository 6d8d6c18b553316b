import fc from "fast-check";
import { expect, it } from "vitest";
import { aGrant, clearFacts } from "../../../../testing/facts.ts";
import { Dialer } from "../../../account/organization/index.ts";
import { PurposeKind } from "../../../account/purpose/index.ts";
import { Element } from "../../../consents/consent/index.ts";
import { bundledRuleBook } from "../../../people/jurisdiction/index.ts";
import { Channel, listRegionZones } from "../../../people/phone/index.ts";
import { DAY_MS } from "../../../platform/time/index.ts";
import type { ScreeningFacts } from "../facts.ts";
import { runChecks } from "../screen.ts";
import {
  findNeededConsent,
  hasConsentEnded,
  isCapReached,
  judgeHours,
  keepsIndustryCodes,
  listBans,
  type Scene,
} from "./second-opinion.ts";
import { stricterDays } from "./stricter-days.ts";

/** Calls per seed. For millions: `SECOND_OPINION_RUNS=2000000 vitest run --project unit second-opinion`. */
const numRuns = Number(process.env["SECOND_OPINION_RUNS"] ?? 10_000);

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

const aCall = somePlaces.chain((places) =>
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
    }),
    consent: fc.option(
      fc.record({ isWritten: fc.boolean(), daysAgo: fc.integer({ min: 1, max: 1000 }) }),
    ),
    /** Earlier calls, and some that are yet to come. */
    minutesAgo: fc.array(fc.integer({ min: -60, max: 33 * 24 * 60 }), { maxLength: 10 }),
  }),
);

type Call = typeof aCall extends fc.Arbitrary<infer T> ? T : never;

const before = (at: Date, ms: number) => new Date(at.getTime() - ms);

const listCalls = ({ scene, minutesAgo }: Call) =>
  minutesAgo.map((minutes) => before(scene.at, minutes * 60_000));

const toFacts = ({ scene, call, consent, ...others }: Call): ScreeningFacts => ({
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
  seller: { ...clearFacts.seller, consentPolicy: "opt_out_with_registry" },
  emergencies: call.isEmergency ? scene.places : [],
  registries: [],
  consents: consent === null ? [] : [toGrant(before(scene.at, consent.daysAgo * DAY_MS), consent)],
  calls: listCalls({ scene, call, consent, ...others }),
  policy: { ...clearFacts.policy, hours: aroundTheClock },
});

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

const isAboutHours = (reason: string) =>
  reason === "outside-calling-hours" || reason === "day-not-allowed";

/** What the screening says of the call, on the subjects of the second opinion. */
function screenCall(given: Call) {
  const findings = runChecks(toFacts(given));
  const listReasons = (kind: "refuse" | "warn") =>
    findings.filter(({ effect }) => effect === kind).map(({ refusal }) => refusal.reason);
  const reasons = listReasons("refuse");
  return {
    hours: reasons.find(isAboutHours) ?? "allowed",
    bans: new Set(reasons.filter((one) => one === "dialer-not-allowed" || one === "sector-banned")),
    consent: reasons.find((one) => one.startsWith("consent-")) ?? "none",
    isCapReached: reasons.includes("frequency-cap"),
    keepsIndustryCodes: !listReasons("warn").some(isAboutHours),
  };
}

/** What the second opinion says of it. */
const judgeCall = (given: Call) => ({
  hours: judgeHours(given.scene, given.call),
  bans: new Set<string>(listBans(given.scene, given.call)),
  consent: judgeConsent(given),
  isCapReached: isCapReached(given.scene, given.call, listCalls(given)),
  keepsIndustryCodes: keepsIndustryCodes(given.scene, given.call),
});

function judgeConsent({ scene, call, consent }: Call) {
  const needed = findNeededConsent(scene, call);
  if (needed === "none") return "none";
  if (consent === null) return "consent-missing";
  if (hasConsentEnded(scene, call, before(scene.at, consent.daysAgo * DAY_MS))) {
    return "consent-expired";
  }
  return needed === "written" && !consent.isWritten ? "consent-insufficient" : "none";
}

/** Takes it from the screening that the day is closed. */
const acceptClosedDay = (
  judged: ReturnType<typeof judgeCall>,
  { hours, keepsIndustryCodes }: ReturnType<typeof screenCall>,
) => ({
  ...judged,
  hours: hours === "day-not-allowed" ? hours : judged.hours,
  keepsIndustryCodes: judged.keepsIndustryCodes && keepsIndustryCodes,
});

/** True if the screening may close the day though no words were found that do. */
const isOnStricterDay = ({ places, zones, at }: Scene) =>
  places.some((place) =>
    zones.some((timeZone) =>
      stricterDays[place]?.includes(at.toLocaleDateString("sv-SE", { timeZone })),
    ),
  );

it.each([
  ["a fixed seed", { numRuns, seed: 20_261_130 }],
  ["a random seed", { numRuns }],
])(
  "says of a call what the second opinion says, with %s",
  (_, runs) => {
    fc.assert(
      fc.property(aCall, (given) => {
        const screened = screenCall(given);
        const judged = judgeCall(given);
        expect(isOnStricterDay(given.scene) ? acceptClosedDay(judged, screened) : judged).toEqual(
          screened,
        );
      }),
      runs,
    );
    // Milliseconds: a call takes less than one.
  },
  60_000 + numRuns,
);
