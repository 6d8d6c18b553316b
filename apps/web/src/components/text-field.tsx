import { Field } from "./field";
import { Input } from "./input";

type TextFieldProps = {
  words: { label: string; hint: string; fault: string };
  isFault: boolean;
  isSecret?: boolean;
  value: string;
  onText: (text: string) => void;
};

/** Single-line text field with its fault. A secret is masked. */
export const TextField = ({ words, isFault, isSecret = false, value, onText }: TextFieldProps) => (
  <Field label={words.label} hint={words.hint} fault={isFault ? words.fault : undefined}>
    {(wired) => (
      <Input
        {...wired}
        type={isSecret ? "password" : "text"}
        autoComplete={isSecret ? "new-password" : "off"}
        value={value}
        onChange={({ currentTarget }) => onText(currentTarget.value)}
      />
    )}
  </Field>
);
