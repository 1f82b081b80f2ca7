import { Button, Menu, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { useMay, useSession } from '../api/session.tsx';
import { useAct } from '../api/use-act.ts';
import { ConfirmDestructive, type Destruction } from '../frame/confirm-destructive.tsx';
import { DataTable } from '../frame/data-table.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { RelativeTime } from '../frame/relative-time.tsx';
import { useFormats } from '../texts/language.tsx';
import { roleNames } from '../texts/role-names.ts';
import { LinkReady } from './link-ready.tsx';
import { RolesDialog } from './roles-dialog.tsx';
import { type Person, reloadStaff, type StaffAnswer } from './staff-answer.ts';
import { texts } from './texts.ts';

export function PeoplePanel({ answer }: { answer: StaffAnswer }) {
  const say = texts.useTexts();
  const roles = roleNames.useTexts();
  const { list, day } = useFormats();
  const session = useSession();
  const mayWrite = useMay()('staff:write');
  const factorName = (factor: string) => say.factorNames[factor as keyof typeof say.factorNames] ?? factor;
  const [changing, setChanging] = useState<Person | null>(null);
  const [renewed, setRenewed] = useState<{ name: string; link: string; validUntil: string } | null>(null);
  const [destruction, setDestruction] = useState<Destruction | null>(null);
  const enabling = useAct('PATCH /staff/:id');
  const ending = useAct('DELETE /staff/:id/sessions');
  const disable = ({ id, name }: Person) =>
    setDestruction({
      title: say.disabling.title(name),
      goes: [say.disabling.goes],
      stays: [say.disabling.stays],
      type: name,
      button: say.disabling.button,
      async act() {
        const outcome = await call('PATCH /staff/:id', { params: { id }, body: { disabled: true } });
        if (outcome.ok) reloadStaff();
        return outcome.ok ? null : outcome.refused;
      },
    });
  const erase = ({ id, name }: Person) =>
    setDestruction({
      title: say.erasing.title(name),
      goes: [say.erasing.goes, say.erasing.tokens],
      stays: [say.erasing.stays],
      type: name,
      button: say.erasing.button,
      async act() {
        const outcome = await call('DELETE /staff/:id', { params: { id } });
        if (outcome.ok) reloadStaff();
        return outcome.ok ? null : outcome.refused;
      },
    });
  const renew = ({ id, name }: Person) =>
    setDestruction({
      title: say.renewal.title(name),
      goes: [say.renewal.goes],
      stays: [say.renewal.stays],
      type: null,
      button: say.renewal.button,
      async act() {
        const outcome = await call('POST /staff/:id/link', { params: { id }, body: {} });
        if (!outcome.ok) return outcome.refused;
        setRenewed({ name, ...outcome.answer });
        return null;
      },
    });
  const acts = {
    renew,
    change: setChanging,
    disable,
    erase,
    enable: async ({ id }: Person) => {
      if (await enabling.run({ params: { id }, body: { disabled: false } })) reloadStaff();
    },
    endSessions: ({ id }: Person) => ending.run({ params: { id } }),
  };
  const refused = enabling.refused ?? ending.refused;
  return (
    <AnswerPanel title={say.people.title} answer={answer} height={160}>
      {({ staff }) => (
        <>
          {refused && <RefusalNote refused={refused} />}
          <DataTable
            label={say.people.title}
            rows={staff}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'name',
                header: say.people.name,
                cell: ({ id, name, email, disabled }) => (
                  <>
                    {name} {id === session.staff?.id && say.people.you}{' '}
                    {disabled && <strong>({say.people.disabled})</strong>}
                    <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                      {email}
                    </Text>
                  </>
                ),
              },
              {
                key: 'roles',
                header: say.people.roles,
                cell: (person) => list(person.roles.map((role) => roles[role])),
              },
              {
                key: 'factors',
                header: say.people.factors,
                cell: ({ factors }) => list(factors.map(factorName)),
                onWideOnly: true,
              },
              {
                key: 'seen',
                header: say.people.lastSeen,
                cell: ({ lastSeen }) => (lastSeen ? <RelativeTime at={lastSeen} /> : say.people.never),
                onWideOnly: true,
              },
              {
                key: 'acts',
                header: '',
                align: 'end',
                cell: (person) => mayWrite && person.id !== session.staff?.id && <Acts person={person} {...acts} />,
              },
            ]}
          />
          {changing && <RolesDialog person={changing} close={() => setChanging(null)} />}
          <Modal
            opened={renewed !== null}
            onClose={() => setRenewed(null)}
            title={renewed && say.renewal.title(renewed.name)}
            centered
          >
            {renewed && (
              <LinkReady
                link={renewed.link}
                hint={say.renewal.hint(renewed.name, day(renewed.validUntil))}
                close={() => setRenewed(null)}
              />
            )}
          </Modal>
          <ConfirmDestructive destruction={destruction} close={() => setDestruction(null)} />
        </>
      )}
    </AnswerPanel>
  );
}

function Acts(acts: {
  person: Person;
  change(person: Person): void;
  disable(person: Person): void;
  enable(person: Person): void;
  erase(person: Person): void;
  endSessions(person: Person): void;
  renew(person: Person): void;
}) {
  const { people: say, renewal } = texts.useTexts();
  const { person } = acts;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-sm" variant="default" aria-label={say.actsFor(person.name)}>
          {say.acts}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => acts.change(person)}>{say.change}</Menu.Item>
        <Menu.Item onClick={() => acts.endSessions(person)}>{say.endSessions}</Menu.Item>
        {!person.disabled && <Menu.Item onClick={() => acts.renew(person)}>{renewal.act}</Menu.Item>}
        {person.disabled ? (
          <>
            <Menu.Item onClick={() => acts.enable(person)}>{say.enable}</Menu.Item>
            <Menu.Item c="var(--avow-bad)" onClick={() => acts.erase(person)}>
              {say.erase}
            </Menu.Item>
          </>
        ) : (
          <Menu.Item c="var(--avow-bad)" onClick={() => acts.disable(person)}>
            {say.disable}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
