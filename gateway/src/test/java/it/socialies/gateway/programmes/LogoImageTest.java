// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.programmes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logos as they come from anywhere: kept is the picture, and nothing else of the file. */
class LogoImageTest {
    private static final String OPEN =
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>";

    private static byte[] png() throws IOException {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        image.setRGB(1, 1, 0xFF8040);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String cleaned(String inside) {
        LogoImage image = LogoImage.of(utf8(OPEN + inside + "</svg>"));
        assertThat(image.format()).isEqualTo("svg");
        return image.content().toString();
    }

    @Test
    void shouldKeepThePixelsOfAPngAndNothingBehindThem() throws Exception {
        byte[] png = png();
        byte[] withTail = Arrays.copyOf(png, png.length + 40);
        System.arraycopy(utf8("<script>alert(1)</script>"), 0, withTail, png.length, 25);

        LogoImage image = LogoImage.of(withTail);

        assertThat(image.format()).isEqualTo("png");
        assertThat(image.content().toString(StandardCharsets.ISO_8859_1)).doesNotContain("script");
        BufferedImage read =
                ImageIO.read(new ByteArrayInputStream(image.content().getBytes()));
        assertThat(read.getWidth()).isEqualTo(3);
        assertThat(read.getRGB(1, 1)).isEqualTo(0xFFFF8040);
    }

    @Test
    void shouldRefuseAPngThatClaimsMoreThanMayBeUnpacked() throws Exception {
        byte[] bomb = png();
        ByteBuffer.wrap(bomb).putInt(16, 60_000);

        assertThatThrownBy(() -> LogoImage.of(bomb)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LogoImage.of(Arrays.copyOf(bomb, 20))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LogoImage.of(new byte[LogoImage.BYTES_MAX + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldKeepTheShapesOfAnSvg() {
        String svg = cleaned("<title>Regione</title><defs><linearGradient id='a'><stop offset='0' stop-color='red'/>"
                + "</linearGradient></defs><path d='M0 0h10v10z' style='fill:url(#a);-inkscape-x:1' class='c'/>"
                + "<metadata><x xmlns='urn:x'>who drew it</x></metadata>");

        assertThat(svg)
                .contains("<title>Regione</title>", "d=\"M0 0h10v10z\"", "fill=\"url(#a)\"", "linearGradient")
                .doesNotContain("who drew it", "inkscape", "class", "metadata");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<g onload='alert(1)'/>",
                "<image href='data:image/png;base64,AA=='/>",
                "<image xlink:href='https://evil.example/a.png'/>",
                "<use href='#a'/>",
                "<a href='https://evil.example'><path d='M0 0'/></a>",
                "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
                "<style>@import 'https://evil.example/a.css'</style>",
                "<path style=\"fill:url('https://evil.example/#a')\"/>",
                "<path fill='url(//evil.example/a.svg#a)'/>",
                "<path fill='u\\72l(https://evil.example)'/>",
                "<animate attributeName='href' to='javascript:alert(1)'/>",
                "<linearGradient href='https://evil.example/a.svg#a'/>",
                "<linearGradient xlink:href='//evil.example/a.svg#a'/>",
                "<?xml-stylesheet href='https://evil.example/a.css'?>"
            })
    void shouldRefuseAnSvgThatRunsOrFetchesAnything(String inside) {
        assertThatThrownBy(() -> cleaned(inside))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shapes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg'><title>&x;</title></svg>",
                "<svg><path d='M0 0'/></svg>",
                "<html xmlns='http://www.w3.org/1999/xhtml'/>",
                "GIF89a",
                "",
                "<svg xmlns='http://www.w3.org/2000/svg'>"
            })
    void shouldRefuseWhatIsNoPicture(String text) {
        assertThatThrownBy(() -> LogoImage.of(utf8(text))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseWhatIsNestedWithoutEnd() {
        assertThatThrownBy(() -> cleaned("<g>".repeat(100) + "</g>".repeat(100)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cleaned("<g/>".repeat(6_000))).isInstanceOf(IllegalArgumentException.class);
    }
}
