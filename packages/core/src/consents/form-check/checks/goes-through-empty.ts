import { at, cannotTell, type Fault, type Finding, judged, quoting } from "../finding.ts";
import { partsOf } from "../form-parts.ts";
import type { Outcome, RenderedForm } from "../rendered-form.ts";

/** 12. Who agrees to no calls gets the same page and the same price. */
export function goesThroughEmpty(form: RenderedForm): Finding {
  const { callBoxes } = partsOf(form);
  const demanded = callBoxes.filter(({ isRequired }) => isRequired);
  const required = demanded.map(({ label }): Fault => ({
    key: "form-check.goes-through-empty.required",
    values: { label },
  }));
  const { submission } = form;
  if (submission === null) {
    const evidence = demanded.map((box) => at(box, box.label));
    if (required.length > 0) return judged(required, ...evidence);
    return cannotTell({ key: "form-check.goes-through-empty.ask" });
  }
  const { boxesEmpty, boxesTicked } = submission;
  if (!boxesEmpty.isAccepted && !boxesTicked.isAccepted) {
    return cannotTell({ key: "form-check.goes-through-empty.ask-sent" }, told(boxesEmpty));
  }
  return judged(
    [...required, ...differences(boxesEmpty, boxesTicked)],
    told(boxesEmpty),
    told(boxesTicked),
  );
}

function differences(empty: Outcome, ticked: Outcome): Fault[] {
  if (!empty.isAccepted) return [{ key: "form-check.goes-through-empty.refused" }];
  const prices = { empty: empty.prices.join(", "), ticked: ticked.prices.join(", ") };
  if (prices.empty !== prices.ticked) {
    return [{ key: "form-check.goes-through-empty.price", values: prices }];
  }
  if (empty.path === ticked.path) return [];
  const values = { empty: empty.path, ticked: ticked.path };
  return [{ key: "form-check.goes-through-empty.page", values }];
}

const told = ({ excerpt, path, isAccepted }: Outcome) => ({
  ...quoting(excerpt),
  values: { path, isAccepted },
});
