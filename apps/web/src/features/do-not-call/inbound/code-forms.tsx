"use client";
import { MapDisposition, ReplyReading } from "@ringfence/core/do-not-call/inbound";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/buttons";
import { ChoiceField, Field, Input, Select } from "@/components/fields";
import { useWasSent } from "@/components/form-faults";
import { useMutation } from "@tanstack/react-query";
import { useRefreshed, useTRPC } from "@/trpc/client";

const readings = ["refusal", "question", "other"] as const satisfies readonly ReplyReading[];

/** Maps a dialer's code before any call has it. */
export function MapCode() {
  const t = useTranslations("dispositions");
  const [system, setSystem] = useState("vicidial");
  const [code, setCode] = useState("");
  const [reading, setReading] = useState<ReplyReading>("refusal");
  const { wasSent, send, startOver } = useWasSent();
  const map = useMapping();
  const given = MapDisposition.safeParse({ system: system.trim(), code: code.trim(), reading });
  const mapping =
    given.success && given.data.code !== "" && given.data.system !== "" ? given.data : null;
  const onSuccess = () => {
    setCode("");
    startOver();
  };
  return (
    <form
      className="grid max-w-[32rem] gap-3 py-3"
      onSubmit={(event) => {
        send(event);
        if (mapping) map.mutate(mapping, { onSuccess });
      }}
    >
      <Field label={t("system")} hint={t("systemHint")}>
        {(wired) => (
          <Input
            {...wired}
            value={system}
            maxLength={32}
            onChange={({ currentTarget }) => setSystem(currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t("code")} fault={wasSent && mapping === null ? t("codeFault") : undefined}>
        {(wired) => (
          <Input
            {...wired}
            value={code}
            maxLength={64}
            onChange={({ currentTarget }) => setCode(currentTarget.value)}
          />
        )}
      </Field>
      <ChoiceField
        label={t("means")}
        choices={readings.map((key) => ({ key, name: t(`readings.${key}`) }))}
        chosen={reading}
        onChoose={setReading}
      />
      <div>
        <Button type="submit" busy={map.isPending && t("saving")}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

type ReadingChoiceProps = {
  system: string;
  code: string;
  reading: ReplyReading;
  /** True if the member may only read it. The page says who may change it. */
  isShut: boolean;
};

/** Select for the meaning of a code. A choice is saved at once and applies from now on. */
export function ReadingChoice({ system, code, reading, isShut }: ReadingChoiceProps) {
  const t = useTranslations("dispositions");
  const map = useMapping();
  if (isShut) return t(`readings.${reading}`);
  return (
    <Field label={t("meansOf", { code })} isLabelHidden>
      {(wired) => (
        <Select
          {...wired}
          value={reading}
          disabled={map.isPending}
          onChange={({ currentTarget }) =>
            map.mutate({ system, code, reading: ReplyReading.parse(currentTarget.value) })
          }
        >
          {ReplyReading.options.map((option) => (
            <option key={option} value={option}>
              {t(`readings.${option}`)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** Saves the meaning of a code and refreshes the page. */
function useMapping() {
  const trpc = useTRPC();
  return useMutation(trpc.inbound.map.mutationOptions(useRefreshed()));
}
