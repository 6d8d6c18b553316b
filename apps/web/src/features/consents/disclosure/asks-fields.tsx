import { Channel } from "@ringfence/core/people/phone";
import { DisclosureAsks } from "@ringfence/core/consents/disclosure";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/checkbox";
import type { Choice } from "@/components/choice-field";
import { Field } from "@/components/field";
import { Select } from "@/components/select";
import type { DisclosureFormProps } from "./disclosure-form-props";
import { statedElements } from "./stated-elements";

/** What it asks leave for, for whom, and what its words state. */
export function AsksFields({ initial, sellers, purposes }: DisclosureFormProps) {
  const t = useTranslations("disclosure");
  const asks = useTranslations("disclosures.asks");
  const channels = useTranslations("timeline.channel");
  const elements = useTranslations("elements");
  const { terms } = initial;
  const channelNames = Channel.options.map((key) => ({ key, name: channels(key) }));
  const elementNames = statedElements.map((key) => ({ key, name: elements(key) }));
  return (
    <>
      <Field label={t("asks")} hint={t("asksHint")}>
        {(wired) => (
          <Select {...wired} name="asks" defaultValue={terms.asks}>
            {DisclosureAsks.options.map((key) => (
              <option key={key} value={key}>
                {asks(key)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("seller")}>
        {(wired) => (
          <Select {...wired} name="seller" defaultValue={terms.seller}>
            {sellers.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Boxes legend={t("purposes")} name="purposes" choices={purposes} chosen={terms.purposes} />
      <Boxes
        legend={t("channels")}
        name="channels"
        choices={channelNames}
        chosen={terms.channels}
      />
      <Boxes legend={t("states")} name="states" choices={elementNames} chosen={terms.states} />
    </>
  );
}

type BoxesProps = {
  legend: string;
  name: string;
  choices: readonly Choice[];
  chosen: readonly string[];
};

const Boxes = ({ legend, name, choices, chosen }: BoxesProps) => (
  <fieldset className="grid gap-1">
    <legend className="pb-1 font-medium">{legend}</legend>
    {choices.map(({ key, name: label }) => (
      <Checkbox
        key={key}
        name={name}
        value={key}
        label={label}
        defaultChecked={chosen.includes(key)}
      />
    ))}
  </fieldset>
);
