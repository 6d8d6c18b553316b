import { listChoices } from "@ringfence/core/consents/capture-form";
import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import type { OwnForm } from "@ringfence/services/consents/capture-form";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Banner } from "@/components/banner";
import { Checkbox } from "@/components/fields";
import { FaultFocus } from "@/components/form-faults";
import { PublicSubmit } from "@/components/public-submit";
import type { FormState } from "@/server/public-form";
import { agreeOnOwnPage } from "./agree-on-own-page";

type Purposes = readonly { key: string; name: string }[];

type OwnAgreementProps = {
  form: OwnForm;
  /** The texts that are shown. */
  texts: readonly PublishedDisclosure[];
  purposes: Purposes;
  /** Parts of the address of the page. */
  address: string;
  formAddress: string;
  token: string;
  /** Description of what the page shows, sealed in its token. */
  page: string;
  state: FormState;
  /** Fields for the person's name and email address, as far as the form asks for them. */
  children: ReactNode;
};

/** Shows the published texts, with boxes below each that are never ticked in advance. */
export function OwnAgreement(props: OwnAgreementProps) {
  const { form, texts, purposes, address, formAddress, token, page, state, children } = props;
  const t = useTranslations("ownRecord");
  const words = useTranslations("publicForm");
  const { faults } = state;
  const whole = faults[""] ?? faults["/token"] ?? faults["/asked"];
  return (
    <form
      key={token}
      action={agreeOnOwnPage.bind(null, { address, formAddress })}
      className="grid gap-6"
    >
      <FaultFocus />
      {whole && <Banner tone="bad" role="alert" title={whole} />}
      {form.effect === "handed" && (
        <Banner tone="care" title={t("agreeHanded")}>
          {t("agreeHandedBody")}
        </Banner>
      )}
      {form.effect === "refused" && (
        <Banner tone="care" title={t("agreeRefused")}>
          {t("agreeRefusedBody")}
        </Banner>
      )}
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="page" value={page} />
      {children}
      {texts.map((text) => (
        <TextBoxes
          key={text.id}
          text={text}
          purposes={purposes}
          fault={faults[`/ticked/${text.id}`]}
        />
      ))}
      <PublicSubmit busy={words("sending")} isQuiet>
        {t("agreeSend")}
      </PublicSubmit>
    </form>
  );
}

type TextBoxesProps = {
  text: PublishedDisclosure;
  purposes: Purposes;
  fault: string | undefined;
};

/** Shows one text and its boxes: a list of topics and one of channels, or a single box if there is nothing to choose. */
function TextBoxes({ text: { id, language, text, terms }, purposes, fault }: TextBoxesProps) {
  const t = useTranslations("ownRecord");
  const channelNames = useTranslations("ownRecord.agreeChannels");
  const choices = listChoices(terms);
  const hasChoice = choices.purposes.length + choices.channels.length > 0;
  const findPurposeName = (key: string) => purposes.find((one) => one.key === key)?.name ?? key;
  return (
    <fieldset
      className="grid gap-4"
      {...(fault && { "aria-describedby": `fault-${id}`, "aria-invalid": true, tabIndex: -1 })}
    >
      <legend lang={language} className="pb-2 font-medium">
        {terms.title}
      </legend>
      <p lang={language} className="border-l-[3px] border-line-strong pl-3 whitespace-pre-line">
        {text}
      </p>
      {fault && (
        <p id={`fault-${id}`} role="alert" className="font-medium text-refuse">
          {fault}
        </p>
      )}
      {!hasChoice && <Checkbox name={`box-${id}`} label={t("agreeBox")} />}
      {choices.purposes.length > 0 && (
        <fieldset className="grid gap-1.5">
          <legend className="pb-1 text-base text-muted">{t("agreeTopics")}</legend>
          {choices.purposes.map((key) => (
            <Checkbox key={key} name={`purpose-${id}`} value={key} label={findPurposeName(key)} />
          ))}
        </fieldset>
      )}
      {choices.channels.length > 0 && (
        <fieldset className="grid gap-1.5">
          <legend className="pb-1 text-base text-muted">{t("agreeWays")}</legend>
          {choices.channels.map((channel) => (
            <Checkbox
              key={channel}
              name={`channel-${id}`}
              value={channel}
              label={channelNames(channel)}
            />
          ))}
        </fieldset>
      )}
    </fieldset>
  );
}
