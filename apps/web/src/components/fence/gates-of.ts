import type { ReasonCode, ReasonResponse } from "@ringfence/core/calling/screening";
import { findingOf } from "./finding-of";
import { type Gate, type GateName, type GateState, stops } from "./gate";
import type { ScreeningAnswer } from "./screening-answer";

/** Which gate a reason shuts. `cannot-check` is of them all. */
const gateOf: Record<Exclude<ReasonCode, "cannot-check">, GateName> = {
  "number-invalid": "number",
  "opted-out": "opt-outs",
  suppressed: "suppressions",
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

/** In the order of the checks. */
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

/** These say that a check could not be made: their gate is hollow. */
const unknowns = new Set<ReasonCode>([
  "registry-unchecked",
  "zone-unknown",
  "jurisdiction-unknown",
]);

/** A check that nobody can make without what another one found. */
const needs: Partial<Record<GateName, ReasonCode>> = {
  hours: "zone-unknown",
  dialer: "jurisdiction-unknown",
  sector: "jurisdiction-unknown",
};

/** All gates of a screening, in their order, as its answer has them. Nothing else decides it. */
export function gatesOf(answer: ScreeningAnswer): Gate[] {
  const gates = order.flatMap((name) =>
    name === "registry" ? registryGates(answer) : [gateNamed(answer, name)],
  );
  const first = gates.findIndex(stops);
  return gates.map((gate, i) => ({ ...gate, isPast: first !== -1 && i > first }));
}

type Placed = Omit<Gate, "isPast">;

function gateNamed(answer: ScreeningAnswer, name: GateName): Placed {
  const mine = ({ reason }: ReasonResponse) => reason === "cannot-check" || gateOf[reason] === name;
  const reasons = answer.refusals.filter(
    (refusal) => mine(refusal) || refusal.reason === needs[name],
  );
  const warnings = answer.warnings.filter(mine);
  const state = stateOf(answer, name, reasons, warnings);
  const told = [...reasons, ...warnings];
  return { key: name, name, state, reasons: told, finding: findingOf(answer, name, told) };
}

/** One for each registry that was read, or should have been; where there is none, one that says so. */
function registryGates(answer: ScreeningAnswer): Placed[] {
  const editions = answer.checked?.editions ?? [];
  const told = [...answer.refusals, ...answer.warnings].filter(isOfRegistry);
  const registries = new Set([...editions, ...told].map(({ registry = UNNAMED }) => registry));
  if (registries.size === 0) return [gateNamed(answer, "registry")];

  return [...registries].map((registry) => {
    const edition = editions.find((edition) => edition.registry === registry);
    const mine = (refusal: ReasonResponse) =>
      refusal.reason === "cannot-check" ||
      (isOfRegistry(refusal) && (refusal.registry ?? UNNAMED) === registry);
    const reasons = answer.refusals.filter(mine);
    const warnings = answer.warnings.filter(mine);
    return {
      key: `registry-${registry}`,
      name: "registry",
      registry,
      ...(edition && { edition }),
      state: stateOf(answer, "registry", reasons, warnings, edition !== undefined),
      reasons: [...reasons, ...warnings],
      finding: edition ? { is: "age", ...edition } : { is: "state" },
    };
  });
}

/** Where an answer does not say which one. */
const UNNAMED = "";

const isOfRegistry = ({ reason }: ReasonResponse) =>
  reason !== "cannot-check" && gateOf[reason] === "registry";

function stateOf(
  { refusals, checked }: ScreeningAnswer,
  name: GateName,
  reasons: readonly ReasonResponse[],
  warnings: readonly ReasonResponse[],
  isAsked = isAskedOf(checked, name),
): GateState {
  const isUnknown = ({ reason }: ReasonResponse) =>
    reason === "cannot-check" || unknowns.has(reason) || reason === needs[name];
  if (reasons.some((refusal) => !isUnknown(refusal))) return "shut";
  if (reasons.length > 0 || checked === undefined) return "unchecked";
  // Of what is no number, nothing else is evaluated.
  if (refusals.some(({ reason }) => reason === "number-invalid")) return "none";
  if (warnings.length > 0) return "ajar";
  return isAsked ? "open" : "none";
}

/** Whether an answer without a word about a gate means that it was passed, or that no rule asks for it. */
function isAskedOf(checked: ScreeningAnswer["checked"], name: GateName) {
  if (name === "consent") return checked?.consent !== undefined;
  return name !== "reassigned" && name !== "registry";
}
