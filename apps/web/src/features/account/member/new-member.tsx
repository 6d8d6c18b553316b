"use client";

import { AddMember } from "@ringfence/core/account/member";
import type { listSellers } from "@ringfence/services/account/seller";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { TextField } from "@/components/text-field";
import { faultyFields, useWasSent } from "@/components/use-was-sent";
import { useTRPC } from "@/trpc/client";
import { MemberLink, type Position, PositionFields } from "./form-parts";

type NewMemberProps = { sellers: Awaited<ReturnType<typeof listSellers>> };

/** Adds a member with a role. The member chooses a password with a link. */
export function NewMember({ sellers }: NewMemberProps) {
  const t = useTranslations("newMember");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [position, setPosition] = useState<Position>({ role: "agent", sellerIds: [] });
  const { wasSent, send } = useWasSent();
  const trpc = useTRPC();
  const add = useMutation(trpc.member.add.mutationOptions());
  const { data, error } = AddMember.safeParse({ name, email, ...position });
  const faults = faultyFields(wasSent, error);
  if (add.data) return <MemberLink name={name} address={add.data.address} />;
  return (
    <form
      className="grid max-w-[46rem] gap-5 pt-2"
      onSubmit={(event) => {
        send(event);
        if (data) add.mutate(data);
      }}
    >
      {add.error && <Banner tone="bad" role="alert" title={add.error.message} />}
      <TextField
        words={{ label: t("name"), hint: t("nameHint"), fault: t("nameFault") }}
        isFault={faults.includes("name")}
        value={name}
        onText={setName}
      />
      <TextField
        words={{ label: t("email"), hint: t("emailHint"), fault: t("emailFault") }}
        isFault={faults.includes("email")}
        value={email}
        onText={setEmail}
      />
      <PositionFields position={position} onPosition={setPosition} sellers={sellers} />
      <div>
        <Button type="submit" look="primary" busy={add.isPending && t("adding")}>
          {t("add")}
        </Button>
      </div>
    </form>
  );
}
