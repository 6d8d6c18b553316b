"use client";

import { PhoneOff } from "lucide-react";
import { Banner } from "@/components/banner";
import { Bones } from "@/components/bones";
import { Button } from "@/components/button";
import { Empty } from "@/components/empty";
import { Failed } from "@/components/failed";
import { NoPermission } from "@/components/no-permission";
import { Progress } from "@/components/progress";
import { Section } from "@/components/section";
import { words } from "./words";

export const StateSheet = () => (
  <>
    <Section title={words.nothing}>
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 pt-4 md:grid-cols-2">
        <Empty title={words.empty} action={<Button>{words.connect}</Button>}>
          {words.emptyBody}
        </Empty>
        <Bones label={words.loading} />
        <Failed title={words.failed} retry={() => {}}>
          {words.failedBody}
        </Failed>
        <NoPermission
          what={words.registries}
          roles={["owner", "officer", "auditor"]}
          member={{ role: "agent", organizationName: words.organization }}
        />
        <Banner tone="bad" icon={PhoneOff} title={words.away}>
          {words.awayBody}
        </Banner>
        <Banner tone="care" title={words.near}>
          {words.nearBody}
        </Banner>
        <Banner title={words.plain}>{words.plainBody}</Banner>
      </div>
    </Section>
    <Section title={words.work}>
      <div className="max-w-[34rem] pt-4">
        <Progress label={words.scrub} value={61} max={100}>
          {words.scrubBody}
        </Progress>
      </div>
    </Section>
  </>
);
