import type { CheckId } from "./check-id.ts";
import { ageAsked } from "./checks/age-asked.ts";
import { apartFromTerms } from "./checks/apart-from-terms.ts";
import { automaticCallsSaid } from "./checks/automatic-calls-said.ts";
import { besideTheBox } from "./checks/beside-the-box.ts";
import { contrast } from "./checks/contrast.ts";
import { dataConsentApart } from "./checks/data-consent-apart.ts";
import { evidenceCaptured } from "./checks/evidence-captured.ts";
import { goesThroughEmpty } from "./checks/goes-through-empty.ts";
import { inSight } from "./checks/in-sight.ts";
import { noDarkPattern } from "./checks/no-dark-pattern.ts";
import { noOpenList } from "./checks/no-open-list.ts";
import { notAConditionSaid } from "./checks/not-a-condition-said.ts";
import { notPreTicked } from "./checks/not-pre-ticked.ts";
import { notReused } from "./checks/not-reused.ts";
import { numberTyped } from "./checks/number-typed.ts";
import { numberVerified } from "./checks/number-verified.ts";
import { objectionInCall } from "./checks/objection-in-call.ts";
import { oneLanguage } from "./checks/one-language.ts";
import { onePurposeABox } from "./checks/one-purpose-a-box.ts";
import { plainLanguage } from "./checks/plain-language.ts";
import { positiveAct } from "./checks/positive-act.ts";
import { privacyNotice } from "./checks/privacy-notice.ts";
import { productsAndPeriod } from "./checks/products-and-period.ts";
import { purposeNamed } from "./checks/purpose-named.ts";
import { refusalAsEasy } from "./checks/refusal-as-easy.ts";
import { sellerNamed } from "./checks/seller-named.ts";
import { signed } from "./checks/signed.ts";
import { spokenInFull } from "./checks/spoken-in-full.ts";
import { targetSize } from "./checks/target-size.ts";
import { telephoneNamed } from "./checks/telephone-named.ts";
import { textAsStored } from "./checks/text-as-stored.ts";
import { textSize } from "./checks/text-size.ts";
import { withdrawalAsEasy } from "./checks/withdrawal-as-easy.ts";
import { withdrawalSaid } from "./checks/withdrawal-said.ts";
import type { Finding } from "./finding.ts";
import type { FormContext } from "./form-context.ts";
import type { RenderedForm } from "./rendered-form.ts";

/** Judges one thing about a form. What it costs in which place is not its business. */
type Check = (form: RenderedForm, context: FormContext) => Finding;

export const checks: Readonly<Record<CheckId, Check>> = {
  "not-pre-ticked": notPreTicked,
  "positive-act": positiveAct,
  "apart-from-terms": apartFromTerms,
  "data-consent-apart": dataConsentApart,
  "one-purpose-a-box": onePurposeABox,
  "telephone-named": telephoneNamed,
  "seller-named": sellerNamed,
  "no-open-list": noOpenList,
  "purpose-named": purposeNamed,
  "products-and-period": productsAndPeriod,
  "not-a-condition-said": notAConditionSaid,
  "goes-through-empty": goesThroughEmpty,
  "automatic-calls-said": automaticCallsSaid,
  "number-typed": numberTyped,
  signed,
  "withdrawal-said": withdrawalSaid,
  "withdrawal-as-easy": withdrawalAsEasy,
  "refusal-as-easy": refusalAsEasy,
  "no-dark-pattern": noDarkPattern,
  "plain-language": plainLanguage,
  "beside-the-box": besideTheBox,
  contrast,
  "text-size": textSize,
  "target-size": targetSize,
  "in-sight": inSight,
  "one-language": oneLanguage,
  "privacy-notice": privacyNotice,
  "text-as-stored": textAsStored,
  "evidence-captured": evidenceCaptured,
  "number-verified": numberVerified,
  "not-reused": notReused,
  "age-asked": ageAsked,
  "spoken-in-full": spokenInFull,
  "objection-in-call": objectionInCall,
};
