"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/button";
import { TextField } from "@/components/text-field";
import { faultyFields, useWasSent } from "@/components/use-was-sent";

export type SourceField<Name extends string> = {
  name: Name;
  words: { label: string; hint: string; fault: string };
  isSecret?: boolean;
};

type Read<Input> = {
  data?: Input | undefined;
  error?: { issues: { path: PropertyKey[] }[] } | undefined;
};

type SourceFormProps<Name extends string, Input> = {
  fields: readonly SourceField<Name>[];
  read: (given: Partial<Record<Name, string>>) => Read<Input>;
  onRead: (input: Input, onDone: () => void) => void;
  isBusy: boolean;
  submit: string;
};

/** What an account of a provider is known by; what it signs with is not shown. Empty again once it is done. */
export function SourceForm<Name extends string, Input>({
  fields,
  read,
  onRead,
  isBusy,
  submit,
}: SourceFormProps<Name, Input>) {
  const t = useTranslations("inboundSources");
  const [given, setGiven] = useState<Partial<Record<Name, string>>>({});
  const { wasSent, send, startOver } = useWasSent();
  const { data, error } = read(given);
  const faults = faultyFields(wasSent, error);
  return (
    <form
      className="grid max-w-[32rem] gap-3 py-3"
      onSubmit={(event) => {
        send(event);
        if (data === undefined) return;
        onRead(data, () => {
          setGiven({});
          startOver();
        });
      }}
    >
      {fields.map(({ name, words, isSecret = false }) => (
        <TextField
          key={name}
          words={words}
          isFault={faults.includes(name)}
          isSecret={isSecret}
          value={given[name] ?? ""}
          onText={(text) => setGiven((known) => ({ ...known, [name]: text.trim() }))}
        />
      ))}
      <div>
        <Button type="submit" busy={isBusy && t("busy")}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
