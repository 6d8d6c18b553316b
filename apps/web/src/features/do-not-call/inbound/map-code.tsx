"use client";

import { MapDisposition, type ReplyReading } from "@ringfence/core/do-not-call/inbound";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/button";
import { ChoiceField } from "@/components/choice-field";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { useWasSent } from "@/components/use-was-sent";
import { useMapping } from "./use-mapping";

const readings = ["refusal", "question", "other"] as const satisfies readonly ReplyReading[];

/** A code of a dialer, before a call came with it. */
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
