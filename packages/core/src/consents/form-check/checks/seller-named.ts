import { cannotTell, failed, type Finding, passed, quoting } from "../finding.ts";
import type { FormContext } from "../form-context.ts";
import { partsOf } from "../form-parts.ts";
import type { RenderedForm } from "../rendered-form.ts";
import { nameIn } from "../name-in.ts";
import { sentencesOf } from "../words-of.ts";

/** 7. The text itself names the seller by its legal name; a brand is for a person to judge. */
export function sellerNamed(form: RenderedForm, { seller }: FormContext): Finding {
  const { text } = partsOf(form);
  if (text === "") return cannotTell({ key: "form-check.no-text.ask" });

  const quote = (name: string) =>
    quoting(sentencesOf(text).find((sentence) => nameIn(name, sentence)) ?? text);
  const { legalName, brands } = seller;
  if (nameIn(legalName, text)) return passed(quote(legalName));
  const short = [withoutForm(legalName), ...brands].find((name) => name && nameIn(name, text));
  if (short !== undefined) {
    const values = { name: short, legalName };
    return cannotTell({ key: "form-check.seller-named.ask", values }, quote(short));
  }
  return failed({ key: "form-check.seller-named.missing", values: { legalName } }, quoting(text));
}

const FORM =
  /(^|[\s,])(ooo|ООО|ОАО|ПАО|НАО|ЗАО|АО|ИП|LLC|L\.L\.C\.|Ltd\.?|Limited|PLC|LLP|Inc\.?|Corp\.?|GmbH|AG|B\.?V\.?|S\.?A\.?S?\.?)(?=$|[\s,])/gu;

/** `Example Windows LLC` is known as `Example Windows`. */
const withoutForm = (legalName: string) => legalName.replaceAll(FORM, " ").trim();
