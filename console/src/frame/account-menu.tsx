import { Button, Menu, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useSession } from '../api/session.tsx';
import { signOut } from './sign-out.ts';
import { texts } from './texts.ts';

/** Who is signed in, the way to the account, and out. */
export function AccountMenu() {
  const say = texts.useTexts();
  const { staff } = useSession();
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <Button variant="subtle" color="gray" c="inherit" fullWidth justify="flex-start" px={8} fw={400}>
          <Text truncate>{staff?.name}</Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{staff?.email}</Menu.Label>
        <Menu.Item component={Link} to="/account">
          {say.account}
        </Menu.Item>
        <Menu.Item onClick={signOut}>{say.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
