import { Field } from "./field";
import { PublicInput } from "./public-input";

type PublicPhoneProps = {
  label: string;
  hint?: string;
  fault: string | undefined;
  /** What was typed before it was sent back. */
  given: string | undefined;
};

/** Where a person types their own number, in any spelling: what it means is told after it is sent. */
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
