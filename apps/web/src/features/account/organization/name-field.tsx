import { Field } from "@/components/field";
import { Input } from "@/components/input";

type NameFieldProps = { words: { label: string; hint: string }; name: string };

export const NameField = ({ words, name }: NameFieldProps) => (
  <Field label={words.label} hint={words.hint}>
    {(wired) => (
      <Input
        {...wired}
        name="name"
        required
        maxLength={100}
        autoComplete="off"
        defaultValue={name}
      />
    )}
  </Field>
);
