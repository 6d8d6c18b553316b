"use client";

import { Select } from "@/components/select";

type InlineChoiceProps<Key extends string> = {
  label: string;
  choices: readonly { key: Key; name: string }[];
  chosen: Key;
  onChoose: (key: Key) => void;
  isStrong?: boolean;
};

/** One of several, within a sentence. What is chosen and is no choice any more is still shown. */
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
