import type { ReasonCode, ReasonResponse } from "@ringfence/core/calling/screening";
import {
  type Finding,
  type Gate,
  type GateName,
  type GateState,
  type ScreeningAnswer,
  isRefusing,
} from "./gate";

/** Gate that each reason shuts. `cannot-check` shuts all of them. */
const gateByReason: Record<Exclude<ReasonCode, "cannot-check">, GateName> = {
  "number-invalid": "number",
  "opted-out": "opt-outs",
  suppressed: "suppressions",
  "processing-restricted": "suppressions",
  "dialer-refused": "dialer",
  "quiet-hours": "hours",
  "consent-missing": "consent",
  "consent-expired": "consent",
  "consent-withdrawn": "consent",
  "consent-insufficient": "consent",
  "number-reassigned": "reassigned",
  "registry-listed": "registry",
  "registry-unchecked": "registry",
  "dialer-not-allowed": "dialer",
  "sector-banned": "sector",
  "frequency-cap": "caps",
  "outside-calling-hours": "hours",
  "day-not-allowed": "hours",
  "zone-unknown": "zone",
  "jurisdiction-unknown": "jurisdiction",
  duty: "jurisdiction",
};

/** Gates in the order of the checks. */
const order: readonly GateName[] = [
  "number",
  "opt-outs",
  "suppressions",
  "consent",
  "reassigned",
  "registry",
  "dialer",
  "sector",
  "caps",
  "hours",
  "zone",
  "jurisdiction",
];

/** Reasons that say that a check was impossible. Their gate is hollow. */
const unknowns = new Set<ReasonCode>([
  "registry-unchecked",
  "zone-unknown",
  "jurisdiction-unknown",
]);

/** Reasons of an earlier check that make a later one impossible. */
const needs: Partial<Record<GateName, ReasonCode>> = {
  hours: "zone-unknown",
  dialer: "jurisdiction-unknown",
  sector: "jurisdiction-unknown",
};

/** Derives the gates of a screening, in order, from its answer alone. */
export function toGates(answer: ScreeningAnswer): Gate[] {
  const gates = order.flatMap((name) =>
    name === "registry" ? toRegistryGates(answer) : [toGate(answer, name)],
  );
  const first = gates.findIndex(isRefusing);
  return gates.map((gate, i) => ({ ...gate, isPast: first !== -1 && i > first }));
}

type GateFacts = Omit<Gate, "isPast">;

function toGate(answer: ScreeningAnswer, name: GateName): GateFacts {
  const belongs = ({ reason }: ReasonResponse) =>
    reason === "cannot-check" || gateByReason[reason] === name;
  const reasons = answer.refusals.filter(
    (refusal) => belongs(refusal) || refusal.reason === needs[name],
  );
  const warnings = answer.warnings.filter(belongs);
  const state = decideState(answer, name, reasons, warnings);
  const all = [...reasons, ...warnings];
  return { key: name, name, state, reasons: all, finding: toFinding(answer, name, all) };
}

/** Gates of the registries that were read or should have been; a single gate if there is none. */
function toRegistryGates(answer: ScreeningAnswer): GateFacts[] {
  const editions = answer.checked?.editions ?? [];
  const found = [...answer.refusals, ...answer.warnings].filter(isOfRegistry);
  const registries = new Set([...editions, ...found].map(({ registry = UNNAMED }) => registry));
  if (registries.size === 0) return [toGate(answer, "registry")];

  return [...registries].map((registry) => {
    const edition = editions.find((edition) => edition.registry === registry);
    const belongs = (refusal: ReasonResponse) =>
      refusal.reason === "cannot-check" ||
      (isOfRegistry(refusal) && (refusal.registry ?? UNNAMED) === registry);
    const reasons = answer.refusals.filter(belongs);
    const warnings = answer.warnings.filter(belongs);
    return {
      key: `registry-${registry}`,
      name: "registry",
      registry,
      ...(edition && { edition }),
      state: decideState(answer, "registry", reasons, warnings, edition !== undefined),
      reasons: [...reasons, ...warnings],
      finding: edition ? { is: "age", ...edition } : { is: "state" },
    };
  });
}

/** Key of a registry that the answer does not name. */
const UNNAMED = "";

const isOfRegistry = ({ reason }: ReasonResponse) =>
  reason !== "cannot-check" && gateByReason[reason] === "registry";

function decideState(
  { refusals, checked }: ScreeningAnswer,
  name: GateName,
  reasons: readonly ReasonResponse[],
  warnings: readonly ReasonResponse[],
  isAsked = isAskedByDefault(checked, name),
): GateState {
  const isUnknown = ({ reason }: ReasonResponse) =>
    reason === "cannot-check" || unknowns.has(reason) || reason === needs[name];
  if (reasons.some((refusal) => !isUnknown(refusal))) return "shut";
  if (reasons.length > 0 || checked === undefined) return "unchecked";
  // Nothing else is evaluated for an invalid number.
  if (refusals.some(({ reason }) => reason === "number-invalid")) return "none";
  if (warnings.length > 0) return "ajar";
  return isAsked ? "open" : "none";
}

/** True if a gate that the answer does not mention was passed; false if no rule requires its check. */
function isAskedByDefault(checked: ScreeningAnswer["checked"], name: GateName) {
  if (name === "consent") return checked?.consent !== undefined;
  return name !== "reassigned" && name !== "registry";
}

/** Finds the short text below a gate: since when, until when, or where. */
function toFinding(
  { checked }: ScreeningAnswer,
  name: GateName,
  reasons: readonly ReasonResponse[],
): Finding {
  const until = reasons.find((reason) => reason.until !== undefined)?.until;
  const since = reasons.find((reason) => reason.since !== undefined)?.since;
  if (until !== undefined) return { is: "until", instant: until };
  if (since !== undefined) return { is: "since", instant: since };
  if (checked === undefined || reasons.length > 0) return { is: "state" };

  if (name === "consent" && checked.consent) {
    return { is: "since", instant: checked.consent.since };
  }
  if (name === "zone" && checked.zones.length > 0) return { is: "zones", zones: checked.zones };
  if (name === "jurisdiction" && checked.jurisdictions.length > 0) {
    return { is: "places", places: checked.jurisdictions };
  }
  return { is: "state" };
}
