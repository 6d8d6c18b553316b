"use client";
export { CannotCheck as default } from "@/features/desk/number/cannot-check";
