"use client";

import type { MemberView } from "@ringfence/services/account/member";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/button";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { useTRPC } from "@/trpc/client";
import { useRefreshed } from "@/trpc/use-refreshed";
import { MemberLink } from "./member-link";

type MemberAccessProps = { member: Pick<MemberView, "id" | "name">; whyNot: string | undefined };

/** Lets an owner make a new password link for a member, or remove the member. */
export function MemberAccess({ member: { id, name }, whyNot }: MemberAccessProps) {
  const t = useTranslations("member");
  const [asking, setAsking] = useState<"renew" | "remove" | null>(null);
  const acts = useActs();
  const words = asking && {
    title: t(`${asking}Title`, { name }),
    body: t(`${asking}Body`),
    confirm: t(asking),
  };
  return (
    <div className="grid gap-3 pt-4">
      <div className="flex flex-wrap items-start gap-2">
        <Button
          whyNot={whyNot}
          busy={acts.renew.isPending && t("renewing")}
          onClick={() => setAsking("renew")}
        >
          {t("renew")}
        </Button>
        <Button
          look="danger"
          whyNot={whyNot}
          busy={acts.remove.isPending && t("removing")}
          onClick={() => setAsking("remove")}
        >
          {t("remove")}
        </Button>
      </div>
      {acts.renew.data && <MemberLink name={name} address={acts.renew.data.address} />}
      {asking && words && (
        <ConfirmDialog
          title={words.title}
          confirm={words.confirm}
          onConfirm={() => acts[asking].mutate({ memberId: id })}
          onClose={() => setAsking(null)}
        >
          {words.body}
        </ConfirmDialog>
      )}
    </div>
  );
}

function useActs() {
  const trpc = useTRPC();
  const options = useRefreshed();
  return {
    renew: useMutation(trpc.member.reset.mutationOptions(options)),
    remove: useMutation(trpc.member.remove.mutationOptions(options)),
  };
}
