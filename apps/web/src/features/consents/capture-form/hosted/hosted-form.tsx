import { useTranslations } from "next-intl";
import { CircleAlert } from "lucide-react";
import { Banner } from "@/components/banner";
import { FaultFocus } from "@/components/form-faults";
import { Field } from "@/components/fields";
import { Icon } from "@/components/icons";
import { PublicInput, PublicPhone } from "@/components/public-page";
import { PublicSubmit } from "@/components/public-submit";
import type { FormState } from "@/server/public-form";
import { sendHostedForm } from "./send-hosted-form";

type HostedFormProps = {
  address: string;
  token: string;
  /** Description of what the page shows, sealed in its token. */
  page: string;
  name: "none" | "optional" | "required" | "signature";
  email: "none" | "optional" | "required";
  disclosures: readonly { id: string; language: string; text: string }[];
  /** Faults and input from the last attempt, if any. */
  state: FormState;
};

/** The hosted form: fields, and a box for each text, none ticked. */
export function HostedForm({
  address,
  token,
  page,
  name,
  email,
  disclosures,
  state,
}: HostedFormProps) {
  const t = useTranslations("publicForm");
  const { faults } = state;
  const whole = faults[""] ?? faults["/token"];
  return (
    <form key={token} action={sendHostedForm.bind(null, address)} className="grid gap-5">
      <FaultFocus />
      {whole && <Banner tone="bad" role="alert" title={whole} />}
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="page" value={page} />
      <PublicPhone
        label={t("phone")}
        hint={t("phoneHint")}
        fault={faults["/phone"]}
        given={state.given.phone}
      />
      <PersonFields name={name} email={email} state={state} />
      <Boxes fault={faults["/asked"]} disclosures={disclosures} />
      <PublicSubmit busy={t("sending")}>{t("send")}</PublicSubmit>
    </form>
  );
}

type PersonFieldsProps = Pick<HostedFormProps, "name" | "email"> & { state: FormState };

/** The name and the address, as far as the form asks for them. */
export function PersonFields({ name, email, state: { faults, given } }: PersonFieldsProps) {
  const t = useTranslations("publicForm");
  return (
    <>
      {name !== "none" && (
        <Field
          label={t("name")}
          fault={faults["/name"]}
          isOptional={name === "optional"}
          {...(name === "signature" && { hint: t("signature") })}
        >
          {(wired) => (
            <PublicInput
              {...wired}
              name="name"
              autoComplete="name"
              required={name !== "optional"}
              defaultValue={given.name}
            />
          )}
        </Field>
      )}
      {email !== "none" && (
        <Field label={t("email")} fault={faults["/email"]} isOptional={email === "optional"}>
          {(wired) => (
            <PublicInput
              {...wired}
              name="email"
              type="email"
              autoComplete="email"
              required={email === "required"}
              defaultValue={given.email}
            />
          )}
        </Field>
      )}
    </>
  );
}

type BoxesProps = Pick<HostedFormProps, "disclosures"> & { fault: string | undefined };

function Boxes({ fault, disclosures }: BoxesProps) {
  const t = useTranslations("publicForm");
  return (
    <fieldset
      className="grid gap-3"
      {...(fault && { "aria-describedby": "asked-fault", "aria-invalid": true, tabIndex: -1 })}
    >
      <legend className="pb-2 font-medium">{t("asked")}</legend>
      {fault && (
        <p id="asked-fault" role="alert" className="flex gap-1.5 font-medium text-refuse">
          <Icon of={CircleAlert} className="mt-1" />
          {fault}
        </p>
      )}
      {disclosures.map(({ id, language, text }) => (
        <label key={id} className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-3">
          <input type="checkbox" name={`box-${id}`} className="mt-0.5 size-6" />
          <span lang={language} className="whitespace-pre-line">
            {text}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
