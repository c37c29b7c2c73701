import type { TermsText } from './terms-text.ts';

/** The terms of use in English. Any change to the words is a new version. */
export const english: TermsText = {
  title: 'Terms of use',
  summary:
    'CaseTalk lets you and your clinic write to each other in private. It is not for emergencies. Only you and the ' +
    'person you write to can read a conversation; should an emergency ever make an exception necessary, you are both ' +
    'told at once. Files that you send may be shared with the others who work on your case. Keep your password to ' +
    'yourself, and tell your clinic if something looks wrong.',
  sections: [
    {
      heading: 'What CaseTalk is',
      paragraphs: [
        'CaseTalk is a secure inbox. A doctor or a member of staff of your clinic has invited you to a conversation about your care. You can read messages, answer them and send files.',
        'CaseTalk carries messages. It does not give medical advice. What you read here comes from the people at your clinic, and they are responsible for it.',
      ],
    },
    {
      heading: 'Not for emergencies',
      paragraphs: [
        'Nobody watches the inbox day and night. If you may be in danger, or something cannot wait, call your local emergency number at once.',
        'Your clinic tells you in each conversation how soon it usually answers. For anything sooner, telephone the clinic.',
      ],
    },
    {
      heading: 'Who can read what',
      paragraphs: [
        'A conversation belongs to you and the one person who invited you. Other doctors and staff cannot read it, not even those who work on the same case.',
        'That person can share a file that you sent with the doctors and staff who work on your case. They then see the file, its name and who shared it, but nothing else of the conversation. You can see in the conversation which of your files were shared.',
        'In an emergency, for example when that person cannot be reached, an administrator of the clinic can open the conversation to read it, for an hour at most. They have to say why. You and the person you write to are told at once, and you can see it in the list of who has seen your conversation.',
        'What you write may become part of the records that your clinic must keep by law.',
      ],
    },
    {
      heading: 'Your account',
      paragraphs: [
        'The account is yours alone. Choose a password that you use nowhere else and do not let others use your account. If you care for somebody else, use an account of your own.',
        'We send codes to the telephone number that you confirmed. Nobody from the clinic or from CaseTalk will ever ask you for a code or a password.',
        'Tell your clinic at once if you lose your telephone, or if you think that somebody else has read your messages.',
      ],
    },
    {
      heading: 'Emails, texts and calls',
      paragraphs: [
        'We email you when something new waits for you. These emails never say what it is about. Text messages and calls carry codes and nothing else; your telephone company may charge for them.',
      ],
    },
    {
      heading: 'What we ask of you',
      paragraphs: [
        'Write only what belongs to your care. Do not send what you may not pass on, and nothing that harms people or computers.',
        'Your clinic may end a conversation or close an account that is misused.',
      ],
    },
    {
      heading: 'Your information',
      paragraphs: [
        'We keep your name, email address, telephone number, messages and files so that you and your clinic can use them. We also keep a record of who opened what and when, so that misuse can be found.',
        'We do not sell your information, and we show no advertising. Your clinic decides how long conversations are kept, as the law requires. Ask your clinic if you want to see, correct or take away what is kept about you.',
      ],
    },
    {
      heading: 'When things go wrong',
      paragraphs: [
        'We work to keep CaseTalk available and safe, but it can be out of order at times. If a message matters and you get no answer, telephone your clinic.',
        'Nothing in these terms takes away rights that the law gives you.',
      ],
    },
    {
      heading: 'Changes and leaving',
      paragraphs: [
        'If these terms change, we show you the new ones and ask again before you go on to your inbox.',
        'You can stop using CaseTalk at any time. Ask your clinic to close your account; your care does not depend on having one.',
      ],
    },
  ],
};
