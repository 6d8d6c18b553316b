import { randomUUID } from "node:crypto";
import type { ConsentEventType } from "@ringfence/core/consents/consent";
import type { Random } from "./random.ts";
import { type About, anEnd, day, near, type Rows } from "./random-rows.ts";

const elements = [
  "affirmative_action",
  "text_version",
  "seller_identity",
  "purpose",
  "signature",
  "data_types",
  "right_to_withdraw",
];

/** Written and plain, to `acme` about all marketing. */
export const aConsent = (about: About, phoneId: string, random: Random) => ({
  organizationId: about.ctx.organizationId,
  consentId: randomUUID(),
  phoneId,
  type: "granted" as const,
  sellerId: about.sellers[0] ?? "",
  purposes: ["marketing"],
  channels: ["voice_live" as const, "voice_autodialed" as const, "voice_prerecorded" as const],
  elements,
  isWritten: true,
  isProven: false,
  at: near(about, random),
  validUntil: anEnd(about, random),
  source: "website_form",
  recordedAt: near(about, random),
  actor: {},
});

const types: readonly ConsentEventType[] = [
  "granted",
  "granted",
  "renewed",
  "requested",
  "refused",
  "withdrawn",
  "invalidated",
];

export function addConsents(rows: Rows, about: About, phoneId: string, random: Random) {
  const { oneOf, chance, someOf } = random;
  const consentIds = [randomUUID(), randomUUID()];
  const count = chance(0.8) ? oneOf([1, 1, 1, 2, 3, 4]) : 0;
  for (let n = 0; n < count; n++) {
    const plain = { ...aConsent(about, phoneId, random), consentId: oneOf(consentIds) };
    rows.consents.push(
      chance(0.4)
        ? plain
        : {
            ...plain,
            type: oneOf(types),
            sellerId: oneOf([plain.sellerId, plain.sellerId, ...about.sellers]),
            purposes: someOf(["marketing", "marketing.loans", "survey"], 0.6),
            channels: someOf(plain.channels, 0.8),
            elements: someOf(elements, 0.8),
            isWritten: chance(0.7),
            isProven: chance(0.3),
            source: oneOf(["website_form", "import"]),
          },
    );
  }
}

/** An opt-out of all calls. */
const aRefusal = ({ ctx }: About, phoneId: string) => ({
  organizationId: ctx.organizationId,
  id: randomUUID(),
  phoneId,
  scope: "all" as const,
  channel: "api",
  reference: randomUUID(),
  actor: {},
});

export function addRefusals(rows: Rows, about: About, phoneId: string, random: Random) {
  const { oneOf } = random;
  for (let n = oneOf([1, 1, 2]); n > 0; n--) {
    const scope = oneOf(["all", "seller", "purpose", "profiling"] as const);
    const refusal = aRefusal(about, phoneId);
    if (random.chance(0.5)) addCorrection(rows, about, refusal.id, random);
    rows.optOuts.push({
      ...refusal,
      scope,
      sellerId: scope === "seller" ? oneOf(about.sellers) : null,
      purpose: scope === "purpose" ? oneOf(["marketing.loans", "survey"]) : null,
      at: near(about, random),
      recordedAt: near(about, random),
    });
  }
}

/**
 * Adds a proposal of one officer, usually with an answer of another: accepted or rejected, before or after
 * the instant.
 */
function addCorrection(rows: Rows, about: About, optOutId: string, random: Random) {
  const { organizationId } = about.ctx;
  const id = randomUUID();
  const asked = { organizationId, id, optOutId, actor: { id: "asks" } };
  rows.corrections.push({ ...asked, proposedAt: near(about, random) });
  if (random.chance(0.1)) return;
  rows.answers.push({
    organizationId,
    correctionId: id,
    optOutId,
    isAccepted: random.chance(0.8),
    answeredAt: near(about, random),
    actor: { id: "answers" },
  });
}

/**
 * Adds consents and opt-outs at two instants only, so that many coincide and many differ only in their
 * order.
 */
export function addQuarrel(rows: Rows, about: About, phoneId: string, random: Random) {
  const { oneOf, chance } = random;
  const moment = () => new Date(about.at.getTime() - oneOf([20, 40]) * day);
  for (let n = oneOf([1, 1, 2]); n > 0; n--) {
    rows.consents.push({
      ...aConsent(about, phoneId, random),
      type: oneOf(["granted", "granted", "granted", "withdrawn"]),
      isProven: chance(0.8),
      at: moment(),
      recordedAt: moment(),
      validUntil: null,
    });
  }
  if (chance(0.8)) {
    rows.optOuts.push({ ...aRefusal(about, phoneId), at: moment(), recordedAt: moment() });
  }
}
