"use client";
import { Select } from "@/components/select";
import { useState } from "react";
import { Input } from "@/components/input";

type InlineChoiceProps<Key extends string> = {
  label: string;
  choices: readonly { key: Key; name: string }[];
  chosen: Key;
  onChoose: (key: Key) => void;
  isStrong?: boolean;
};

/** Select within a sentence. A chosen value that is no longer offered is still shown. */
export function InlineChoice<Key extends string>({
  label,
  choices,
  chosen,
  onChoose,
  isStrong = false,
}: InlineChoiceProps<Key>) {
  const isKnown = choices.some(({ key }) => key === chosen);
  return (
    <span className={`inline-grid max-w-full ${isStrong ? "[&_select]:font-semibold" : ""}`}>
      <Select
        aria-label={label}
        value={chosen}
        onChange={({ currentTarget }) => {
          const choice = choices.find(({ key }) => key === currentTarget.value);
          if (choice) onChoose(choice.key);
        }}
      >
        {!isKnown && <option value={chosen}>{chosen}</option>}
        {choices.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </Select>
    </span>
  );
}

type InlineTextProps = {
  label: string;
  value: string;
  onText: (text: string) => void;
  size?: number;
};

/** Short text field within a sentence. */
export const InlineText = ({ label, value, onText, size = 16 }: InlineTextProps) => (
  <span className="inline-grid max-w-full">
    <Input
      aria-label={label}
      size={size}
      autoComplete="off"
      value={value}
      onChange={({ currentTarget }) => onText(currentTarget.value)}
    />
  </span>
);

type ReadTextProps<T> = Omit<InlineTextProps, "value" | "onText"> & {
  value: T;
  read: (text: string) => T;
  write: (value: T) => string;
  onValue: (value: T) => void;
};

/**
 * Text field for a value of another type. It keeps the typed text while its value is the same: `1.` may
 * become `1.5`.
 */
function ReadText<T>({ value, read, write, onValue, ...field }: ReadTextProps<T>) {
  const [text, setText] = useState(() => write(value));
  const isSame = write(read(text)) === write(value);
  return (
    <InlineText
      {...field}
      value={isSame ? text : write(value)}
      onText={(text) => {
        setText(text);
        onValue(read(text));
      }}
    />
  );
}

type InlineNumberProps = {
  label: string;
  value: number | undefined;
  onNumber: (value: number) => void;
};

/** Number field. It is NaN while empty, which is a fault of the rule. */
export const InlineNumber = ({ label, value = Number.NaN, onNumber }: InlineNumberProps) => (
  <ReadText
    label={label}
    size={5}
    value={value}
    read={(text) => (text.trim() === "" ? Number.NaN : Number(text.replace(",", ".")))}
    write={(value) => (Number.isNaN(value) ? "" : String(value))}
    onValue={onNumber}
  />
);

type InlineTextsProps = {
  label: string;
  values: readonly string[];
  onValues: (values: string[]) => void;
};

/** Field for several texts, separated by semicolons. */
export const InlineTexts = ({ label, values, onValues }: InlineTextsProps) => (
  <ReadText
    label={label}
    size={22}
    value={[...values]}
    read={(text) => text.split(";").flatMap((part) => part.trim() || [])}
    write={(values) => values.join("; ")}
    onValue={onValues}
  />
);
