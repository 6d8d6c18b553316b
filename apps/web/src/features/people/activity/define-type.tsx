"use client";

import { ActivityType, PropertyType } from "@ringfence/core/people/activity";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { ChoiceField, TextField } from "@/components/fields";
import { useWasSent } from "@/components/form-faults";
import { useShowDone, useTRPC } from "@/trpc/client";

/** Adds an activity type, or a property to one. */
export function DefineType({ whyNot }: { whyNot: string | undefined }) {
  const t = useTranslations("activities");
  const trpc = useTRPC();
  const showDone = useShowDone();
  const [key, setKey] = useState("");
  const [name, setName] = useState("");
  const [holds, setHolds] = useState<PropertyType>("text");
  const { wasSent, send, startOver } = useWasSent();
  const define = useMutation(
    trpc.activity.define.mutationOptions({
      onSuccess() {
        setName("");
        startOver();
        showDone(t("defined"));
      },
    }),
  );
  const properties = name === "" ? {} : { [name]: holds };
  const { data, error } = ActivityType.safeParse({ key, properties });
  const faults = wasSent ? (error?.issues.map(({ path }) => path[0]) ?? []) : [];
  return (
    <form
      className="grid max-w-[32rem] grid-cols-1 gap-4 pt-6"
      onSubmit={(event) => {
        send(event);
        if (data) define.mutate(data);
      }}
    >
      <h3>{t("define")}</h3>
      {define.error && <Banner tone="bad" role="alert" title={define.error.message} />}
      <TextField
        words={{ label: t("type"), hint: t("typeHint"), fault: t("typeFault") }}
        isFault={faults.includes("key")}
        value={key}
        onText={(text) => setKey(text.trim())}
      />
      <TextField
        words={{ label: t("property"), hint: t("propertyHint"), fault: t("propertyFault") }}
        isFault={faults.includes("properties")}
        value={name}
        onText={setName}
      />
      <ChoiceField
        label={t("holdsLabel")}
        choices={PropertyType.options.map((key) => ({ key, name: t(`holds.${key}`) }))}
        chosen={holds}
        onChoose={setHolds}
      />
      <div>
        <Button type="submit" whyNot={whyNot} busy={define.isPending && t("defining")}>
          {t("define")}
        </Button>
      </div>
    </form>
  );
}
