import { Field } from "./field";
import { PublicInput } from "./public-input";

type PublicCodeProps = { label: string; fault: string | undefined };

/** Field for a code from a text message. Phones offer to fill it in. */
export const PublicCode = (field: PublicCodeProps) => (
  <Field {...field}>
    {(wired) => (
      <PublicInput
        {...wired}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        required
      />
    )}
  </Field>
);
