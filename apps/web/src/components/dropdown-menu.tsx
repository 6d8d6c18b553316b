"use client";

import { Ellipsis, type LucideIcon } from "lucide-react";
import { DropdownMenu as Menu } from "radix-ui";
import { buttonClass } from "./buttons";
import { Icon } from "./icons";

export type MenuItem = { label: string; icon?: LucideIcon; onSelect: () => void };

/** Menu with further actions for a row. */
export const DropdownMenu = ({ label, items }: { label: string; items: readonly MenuItem[] }) => (
  // Not modal: Radix would inject a style sheet into the page to stop it from scrolling.
  <Menu.Root modal={false}>
    <Menu.Trigger
      aria-label={label}
      className={`${buttonClass({ size: "small", look: "quiet" })} -my-1.5`}
    >
      <Icon of={Ellipsis} />
    </Menu.Trigger>
    <Menu.Portal>
      <Menu.Content
        align="end"
        sideOffset={4}
        className="z-10 min-w-40 rounded-lg border border-line bg-raised p-1 shadow-float"
      >
        {items.map((item) => (
          <Menu.Item
            key={item.label}
            onSelect={item.onSelect}
            className="flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 outline-none data-[highlighted]:bg-hover"
          >
            {item.icon && <Icon of={item.icon} />}
            {item.label}
          </Menu.Item>
        ))}
      </Menu.Content>
    </Menu.Portal>
  </Menu.Root>
);
