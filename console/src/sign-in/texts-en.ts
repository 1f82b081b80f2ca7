export const en = {
  title: 'Sign in',
  passkey: 'Sign in with a passkey',
  or: 'or with your password',
  email: 'E-mail address',
  signIn: 'Continue',
  openId: (provider: string) => `Sign in with ${provider}`,
  second: {
    title: 'One more step',
    confirm: 'Sign in',
    useRecovery: 'I cannot use the app: use a recovery code',
    useApp: 'Use the code from the app',
    recovery: 'Recovery code',
    recoveryHint: 'One of the codes you kept when you set up your account. It works once.',
    again: 'Start again',
  },
};
