import { Field } from "./field";
import { PublicInput } from "./public-input";

type PublicPhoneProps = {
  label: string;
  hint?: string;
  fault: string | undefined;
  /** The text as it was typed before the form came back. */
  given: string | undefined;
};

/** Field for a person's own number in any format. It is parsed after it is sent. */
export const PublicPhone = ({ given, ...field }: PublicPhoneProps) => (
  <Field {...field}>
    {(wired) => (
      <PublicInput
        {...wired}
        name="phone"
        type="tel"
        autoComplete="tel"
        maxLength={256}
        required
        defaultValue={given}
      />
    )}
  </Field>
);
