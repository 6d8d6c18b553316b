import { cannotTell, type Fault, failed, type Finding, passed, quoting } from "../finding.ts";
import type { FormContext } from "../form-context.ts";
import { partsOf } from "../form-parts.ts";
import { nameIn } from "../name-in.ts";
import type { RenderedForm } from "../rendered-form.ts";
import { sentenceOn } from "../speech.ts";

/** 10. The text says what the calls will offer, and for how long consent holds. */
export function productsAndPeriod(form: RenderedForm, { products }: FormContext): Finding {
  const { text } = partsOf(form);
  if (text === "") return cannotTell({ key: "form-check.no-text.ask" });

  const period = sentenceOn("period", text);
  const isNamed = products?.some((product) => nameIn(product, text));
  const faults: Fault[] = [
    ...(period === null
      ? [{ key: "form-check.products-and-period.no-period", part: "period" } as const]
      : []),
    ...(isNamed === false
      ? [{ key: "form-check.products-and-period.no-products", part: "products" } as const]
      : []),
  ];
  const evidence = quoting(period ?? text);
  const [first, ...others] = faults;
  if (first !== undefined) return failed([first, ...others], evidence);
  if (isNamed === undefined) {
    return cannotTell({ key: "form-check.products-and-period.ask", part: "products" }, evidence);
  }
  return passed(evidence);
}
