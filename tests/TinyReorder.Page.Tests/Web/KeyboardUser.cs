using Microsoft.Playwright;

namespace TinyReorder.Tests.Page;

/// <summary>Somebody who has a keyboard and nothing else.</summary>
internal sealed class KeyboardUser(IPage page)
{
    private const int MostStops = 80;

    public Task PressAsync(string key) => page.Keyboard.PressAsync(key);

    /// <summary>Goes on by Tab until an element has the focus, and fails where none of the stops is it.</summary>
    public async Task TabToAsync(string selector)
    {
        for (int i = 0; i < MostStops; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.Locator(selector).EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
        }
        Assert.Fail($"Tab does not come to {selector}.");
    }
}
