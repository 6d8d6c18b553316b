import {
  type Fault,
  type Finding,
  at,
  cannotTell,
  failed,
  judged,
  passed,
  quoting,
} from "../finding.ts";
import { partsOf, textOf } from "../form-parts.ts";
import type { FormContext, RenderedForm } from "../check-input.ts";
import { type Topic, nameIn, sentenceOn, sentencesOf, speaksOf, textHash } from "../wording.ts";
import type { Channel } from "../../../people/phone/index.ts";

/** 6. The text says that we will call; "contact" may be anything. How to withdraw does not count. */
export function telephoneNamed(form: RenderedForm): Finding {
  const { text } = partsOf(form);
  if (text === "") return cannotTell({ key: "form-check.no-text.ask" });

  const named = sentencesOf(text).find(isOfCalls);
  if (named !== undefined) return passed(quoting(named));
  return failed({ key: "form-check.telephone-named.missing" }, quoting(text));
}

/** "Calls until I withdraw" names calls; "withdraw by phone" does not. */
const isOfCalls = (sentence: string) =>
  speaksOf("call", sentence) && (!speaksOf("withdraw", sentence) || speaksOf("period", sentence));

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

/** 8. Nobody agrees to calls of "partners" or "selected companies", who may be anyone. */
export function noOpenList(form: RenderedForm): Finding {
  const { text } = partsOf(form);
  if (text === "") return cannotTell({ key: "form-check.no-text.ask" });

  const open = sentenceOn("openList", text, ["negation"]);
  if (open !== null) {
    return failed(
      { key: "form-check.no-open-list.open", values: { sentence: open } },
      quoting(open),
    );
  }
  const denied = sentenceOn("openList", text);
  if (denied === null) return passed(quoting(text));
  return cannotTell(
    { key: "form-check.no-open-list.ask", values: { sentence: denied } },
    quoting(denied),
  );
}

/** 9. The text says that calls will be marketing. */
export function purposeNamed(form: RenderedForm): Finding {
  const { text } = partsOf(form);
  if (text === "") return cannotTell({ key: "form-check.no-text.ask" });

  const named = sentenceOn("marketing", text);
  if (named !== null) return passed(quoting(named));
  return failed({ key: "form-check.purpose-named.missing" }, quoting(text));
}

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

/** 11. The text says that nobody has to agree in order to buy. */
export function notAConditionSaid(form: RenderedForm): Finding {
  const { text } = partsOf(form);
  if (text === "") return cannotTell({ key: "form-check.no-text.ask" });

  const said = sentenceOn("notCondition", text);
  if (said !== null) return passed(quoting(said));
  return failed({ key: "form-check.not-a-condition-said.missing" }, quoting(text));
}

/** What a text must name for each channel; one of the topics is enough. */
const named: Partial<Record<Channel, readonly Topic[]>> = {
  voice_autodialed: ["autodialed"],
  voice_prerecorded: ["prerecorded"],
  voice_ai: ["aiVoice"],
};

/** 13. The text says that a machine dials, or speaks, where one does. */
export function automaticCallsSaid(form: RenderedForm, { channels }: FormContext): Finding {
  const { text } = partsOf(form);
  if (text === "") return cannotTell({ key: "form-check.no-text.ask" });

  const asked = channels.flatMap((channel) => {
    const topics = named[channel];
    return topics === undefined ? [] : [{ channel, topics }];
  });
  const faults = asked
    .filter(({ topics }) => !topics.some((topic) => speaksOf(topic, text)))
    .map(({ channel }): Fault => ({
      key: "form-check.automatic-calls-said.missing",
      values: { channel },
    }));
  const said = asked.flatMap(({ topics }) => topics.map((topic) => sentenceOn(topic, text)));
  return judged(faults, quoting(said.find((sentence) => sentence !== null) ?? text));
}

/** 28. The page shows the text that was published: whole, in one passage, or as one label. */
export function textAsStored(form: RenderedForm, { disclosureHash }: FormContext): Finding {
  const { callBoxes, accepts, text } = partsOf(form);
  if (disclosureHash === undefined) return cannotTell({ key: "form-check.text-as-stored.ask" });

  const candidates = [
    ...form.passages.filter(({ hiddenBy }) => hiddenBy === null),
    ...[...callBoxes, ...accepts].flatMap((control) => [
      { selector: control.selector, text: control.label },
      { selector: control.selector, text: textOf(control) },
    ]),
  ];
  const same = candidates.find((it) => textHash(it.text) === disclosureHash);
  if (same !== undefined) return passed(at(same, same.text, { sha256: disclosureHash }));
  if (text !== "" && textHash(text) === disclosureHash) {
    return passed({ ...quoting(text), values: { sha256: disclosureHash } });
  }
  return failed(
    { key: "form-check.text-as-stored.differs" },
    { ...quoting(text), values: { published: disclosureHash, shown: textHash(text) } },
  );
}
