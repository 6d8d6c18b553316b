import type {
  ReasonResponse,
  ScreeningResponse as WholeAnswer,
} from "@ringfence/core/calling/screening";

/**
 * Open: checked, and passed. Shut: checked, and refuses. Unchecked: could not be checked, so it
 * refuses. Ajar: open with a warning. None: no rule asks for it here.
 */
export type GateState = "open" | "shut" | "unchecked" | "ajar" | "none";

export type GateName =
  | "number"
  | "opt-outs"
  | "suppressions"
  | "consent"
  | "reassigned"
  | "registry"
  | "dialer"
  | "sector"
  | "caps"
  | "hours"
  | "zone"
  | "jurisdiction";

/** Result of a gate, for a few words on the page. */
export type Finding =
  | { is: "state" }
  | { is: "since" | "until"; instant: Date }
  | { is: "age"; ageDays: number; limitDays: number }
  | { is: "zones"; zones: readonly string[] }
  | { is: "places"; places: readonly string[] };

export type Gate = {
  /** Key of the gate: its name, with the registry if it has one. */
  key: string;
  name: GateName;
  /** Registry as the answer names it. Only gates named `registry` have one. */
  registry?: string;
  edition?: Edition;
  state: GateState;
  finding: Finding;
  reasons: readonly ReasonResponse[];
  /** True behind the first gate that stops: no call gets this far. */
  isPast: boolean;
};

export const isRefusing = ({ state }: Pick<Gate, "state">) =>
  state === "shut" || state === "unchecked";

/**
 * The part of a screening's answer (contract 3) that the fence reads. `checked` is missing if nothing
 * could be checked, as in the answer `cannot-check`.
 */
export type ScreeningAnswer = Pick<WholeAnswer, "verdict" | "refusals" | "warnings"> &
  Partial<Pick<WholeAnswer, "checked">>;

type Edition = WholeAnswer["checked"]["editions"][number];
