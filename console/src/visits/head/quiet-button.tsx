/** For what is at hand but not asked for: it must not be louder than the figures. */
import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentPropsWithRef } from 'react';

export function QuietButton(props: ButtonProps & Omit<ComponentPropsWithRef<'button'>, keyof ButtonProps>) {
  return <Button size="compact-xs" variant="subtle" color="gray" fw={400} c="dimmed" {...props} />;
}
